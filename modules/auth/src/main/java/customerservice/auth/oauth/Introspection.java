package customerservice.auth.oauth;

import customerservice.auth.InvalidTokenException;
import customerservice.auth.token.AccessTokens;
import customerservice.auth.token.Authenticator;
import customerservice.auth.token.Principal;
import customerservice.domain.DomainException;
import customerservice.domain.identity.ServiceAccountStore;
import customerservice.domain.identity.User;
import customerservice.domain.identity.UserStore;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** Says of a token, access or refresh, whether it is good now (RFC 7662). */
public final class Introspection {

    private final Authenticator authenticator;
    private final RefreshTokens refreshTokens;
    private final UserStore users;
    private final ServiceAccountStore accounts;
    private final Clock clock;

    public Introspection(
            Authenticator authenticator,
            RefreshTokens refreshTokens,
            UserStore users,
            ServiceAccountStore accounts,
            Clock clock) {
        this.authenticator = Objects.requireNonNull(authenticator, "authenticator");
        this.refreshTokens = Objects.requireNonNull(refreshTokens, "refreshTokens");
        this.users = Objects.requireNonNull(users, "users");
        this.accounts = Objects.requireNonNull(accounts, "accounts");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /**
     * An access token is good if it verifies and whoever it stands for is still what it was then, until the second that it
     * says: clocks that lie apart are allowed for where it is used, not here, where the answer says when it ends. A refresh
     * token is good if one could refresh with it.
     *
     * @return empty if it is not, for whatever reason
     * @throws DomainException.StoreBusy if the store has too much to do
     * @throws DomainException.StoreUnavailable if the store cannot be reached
     */
    public Optional<ActiveToken> introspect(String token) {
        Objects.requireNonNull(token, "token");
        return isAccessToken(token) ? accessToken(token) : refreshToken(token);
    }

    /** Whether it has the form of an access token, good or not; no refresh token has a dot. */
    public static boolean isAccessToken(String token) {
        return token.indexOf('.') >= 0;
    }

    private Optional<ActiveToken> accessToken(String token) {
        Principal principal;
        UUID id;
        try {
            principal = authenticator.authenticate(token);
            id = UUID.fromString(principal.subject());
        } catch (InvalidTokenException | IllegalArgumentException e) {
            return Optional.empty();
        }
        if (!principal.expiresAt().isAfter(clock.instant())) {
            return Optional.empty();
        }
        return clientOf(id).map(client -> new ActiveToken(
                principal.subject(), client, principal.scopes(), principal.expiresAt(),
                Optional.of(principal.tokenId())));
    }

    private Optional<String> clientOf(UUID subject) {
        Optional<User> user = users.find(subject);
        if (user.isPresent()) {
            return user.filter(User::active).map(_ -> AccessTokens.FIRST_PARTY);
        }
        return accounts.find(subject).map(account -> account.id().toString());
    }

    private Optional<ActiveToken> refreshToken(String token) {
        return refreshTokens.find(token).map(family -> new ActiveToken(
                family.userId().toString(),
                AccessTokens.FIRST_PARTY,
                family.role().scopes(),
                family.expiresAt(),
                Optional.empty()));
    }
}
