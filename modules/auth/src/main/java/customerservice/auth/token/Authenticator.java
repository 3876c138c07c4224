package customerservice.auth.token;

import customerservice.auth.InvalidTokenException;
import customerservice.auth.InvalidTokenException.Reason;
import customerservice.domain.DomainException;
import customerservice.domain.identity.PrincipalState;
import customerservice.domain.identity.PrincipalStore;
import java.util.Objects;
import java.util.UUID;

/**
 * Tells who is calling, by the access token: whether the token is good, and whether whoever it stands for is still what it
 * was when it got the token.
 */
public final class Authenticator {

    private final VerifiedTokens tokens;
    private final PrincipalStore principals;

    public Authenticator(VerifiedTokens tokens, PrincipalStore principals) {
        this.tokens = Objects.requireNonNull(tokens, "tokens");
        this.principals = Objects.requireNonNull(principals, "principals");
    }

    /**
     * Takes about a microsecond for a token that came before.
     *
     * @param token as it came behind {@code Bearer}; at most 8 KiB
     * @throws InvalidTokenException if it is not a valid access token of this installation, or its owner has been removed or
     *     deactivated, has another password or role, or was signed out since
     * @throws DomainException.StoreBusy if the owner has to be asked for and the store has too much to do
     * @throws DomainException.StoreUnavailable if the owner has to be asked for and the store cannot be reached
     */
    public Principal authenticate(String token) {
        Principal principal = tokens.verify(token);
        PrincipalState now = principals.find(id(principal)).orElseThrow(Authenticator::revoked);
        // Tokens of the release before say no epoch.
        boolean sameEpoch = principal.epoch().isEmpty() || principal.epoch().getAsLong() == now.epoch();
        if (!sameEpoch || !now.scopes().containsAll(principal.scopes())) {
            throw revoked();
        }
        return principal;
    }

    private static UUID id(Principal principal) {
        try {
            return UUID.fromString(principal.subject());
        } catch (IllegalArgumentException e) {
            throw revoked();
        }
    }

    private static InvalidTokenException revoked() {
        return new InvalidTokenException(Reason.REVOKED);
    }
}
