package customerservice.auth.oauth;

import customerservice.auth.AttemptDelayedException;
import customerservice.auth.InvalidCredentialsException;
import customerservice.auth.InvalidGrantException;
import customerservice.auth.InvalidScopeException;
import customerservice.auth.RandomSecret;
import customerservice.auth.token.AccessTokens;
import customerservice.auth.token.IssuedToken;
import customerservice.domain.Caller;
import customerservice.domain.DomainException;
import customerservice.domain.audit.AuditEntry;
import customerservice.domain.audit.AuditListener;
import customerservice.domain.identity.RefreshTokenStore;
import customerservice.domain.identity.Scope;
import customerservice.domain.identity.TokenFamily;
import customerservice.domain.identity.User;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Keeps people signed in (RFC 6749, section 6). A refresh token is 43 random characters, kept as its hash, good for one
 * pair of tokens, and for 30 s more: the answer may have been lost, and two tabs may have sent the same one. Presented
 * later, it has been stolen from the one who spent it or by the one who did, and all that descend from the same sign-in
 * end (RFC 9700, section 4.14.2). They end with the family's lifetime in any case, counted from the sign-in.
 *
 * <p>What has not the form of one is not looked for, and whoever keeps bringing others that are not good has to wait, see
 * {@link ClientGuesses}. A good one is never kept waiting.
 *
 * <p>Every method may throw {@link DomainException.StoreBusy} or {@link DomainException.StoreUnavailable}.
 */
public final class RefreshTokens {

    static final Duration GRACE = Duration.ofSeconds(30);

    private static final Duration MAX_LIFETIME = Duration.ofDays(365);

    private final RefreshTokenStore store;
    private final ClientGuesses guesses;
    private final AccessTokens tokens;
    private final AuditListener auditStream;
    private final Duration lifetime;
    private final Clock clock;
    private final RandomGenerator random;

    /**
     * @param lifetime from the sign-in to the end of the last token, 1 s to 365 d
     * @param clock of the audit entries; what is still good, the store decides
     * @param random of cryptographic strength
     */
    public RefreshTokens(
            RefreshTokenStore store,
            ClientGuesses guesses,
            AccessTokens tokens,
            AuditListener auditStream,
            Duration lifetime,
            Clock clock,
            RandomGenerator random) {
        this.store = Objects.requireNonNull(store, "store");
        this.guesses = Objects.requireNonNull(guesses, "guesses");
        this.tokens = Objects.requireNonNull(tokens, "tokens");
        this.auditStream = Objects.requireNonNull(auditStream, "auditStream");
        this.lifetime = Objects.requireNonNull(lifetime, "lifetime");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.random = Objects.requireNonNull(random, "random");
        if (lifetime.toSeconds() < 1 || lifetime.compareTo(MAX_LIFETIME) > 0) {
            throw new IllegalArgumentException("lifetime must be 1 s to 365 d");
        }
    }

    /**
     * The first pair of a family, for somebody who has just signed in.
     *
     * @param user as read before the password was checked
     * @throws InvalidCredentialsException if the user was changed meanwhile
     */
    public IssuedToken begin(User user, Caller caller) {
        String refreshToken = RandomSecret.next(random);
        AuditEntry audit = audit("auth.sign_in", caller.actor(), caller);
        long epoch = store.begin(user, RandomSecret.hash(refreshToken), lifetime, audit)
                .orElseThrow(InvalidCredentialsException::new);
        auditStream.happened(audit);
        return tokens.issue(user, epoch).with(refreshToken);
    }

    /**
     * A new pair for a refresh token. The access token has the scopes of the role that the user has now.
     *
     * @param scope fewer scopes, separated by spaces; empty for all. The refresh token stays good for all
     * @param caller who this is before it is known, such as {@code anonymous}
     * @throws InvalidGrantException if the token is not good, or its user may not sign in
     * @throws AttemptDelayedException if it is not, and too many others have not been before
     * @throws InvalidScopeException if more is asked for than the role allows; the token stays as it is
     */
    public IssuedToken refresh(String refreshToken, String scope, Caller caller) {
        Objects.requireNonNull(refreshToken, "refreshToken");
        Objects.requireNonNull(scope, "scope");
        Objects.requireNonNull(caller, "caller");
        if (!RandomSecret.hasForm(refreshToken)) {
            throw new InvalidGrantException();
        }
        String hash = RandomSecret.hash(refreshToken);
        if (!scope.isEmpty()) {
            // Beforehand: a token that is spent for nothing is one that the client will present again too late.
            store.find(hash, GRACE).ifPresent(family -> RequestedScopes.of(scope, family.role().scopes()));
        }
        String next = RandomSecret.next(random);
        AuditEntry audit = audit("auth.token_refreshed", "unknown", caller);
        Optional<TokenFamily> rotated = store.rotate(hash, RandomSecret.hash(next), GRACE, audit);
        if (rotated.isEmpty()) {
            revokeIfReused(hash, caller);
            guesses.badToken(caller);
            throw new InvalidGrantException();
        }
        TokenFamily family = rotated.get();
        happened(audit, family.userId(), true);
        Set<Scope> scopes = RequestedScopes.of(scope, family.role().scopes());
        return tokens.issue(family.userId(), family.epoch(), scopes).with(next);
    }

    private void revokeIfReused(String hash, Caller caller) {
        AuditEntry audit = audit("auth.refresh_token_reused", "unknown", caller);
        store.revokeReused(hash, GRACE, audit).ifPresent(userId -> happened(audit, userId, false));
    }

    /**
     * Ends the family of a refresh token, spent or not (RFC 7009). Does nothing if there is no such token.
     *
     * @param caller who this is before it is known, such as {@code anonymous}
     * @throws AttemptDelayedException if there is no such token, and too many others have not been before
     */
    public void revoke(String refreshToken, Caller caller) {
        Objects.requireNonNull(refreshToken, "refreshToken");
        Objects.requireNonNull(caller, "caller");
        if (!RandomSecret.hasForm(refreshToken)) {
            return;
        }
        AuditEntry audit = audit("auth.token_revoked", "unknown", caller);
        Optional<UUID> userId = store.revoke(RandomSecret.hash(refreshToken), audit);
        if (userId.isEmpty()) {
            guesses.badToken(caller);
        } else {
            happened(audit, userId.get(), true);
        }
    }

    /** Whether it could be one, good or not. */
    public static boolean hasForm(String token) {
        return RandomSecret.hasForm(token);
    }

    /** The family of a token with which {@link #refresh} would succeed. */
    Optional<TokenFamily> find(String refreshToken) {
        return RandomSecret.hasForm(refreshToken)
                ? store.find(RandomSecret.hash(refreshToken), GRACE)
                : Optional.empty();
    }

    /** The entry as the store has completed it. */
    private void happened(AuditEntry audit, UUID userId, boolean asUser) {
        Caller caller = audit.caller();
        String id = userId.toString();
        auditStream.happened(new AuditEntry(
                audit.at(),
                audit.action(),
                id,
                audit.version(),
                audit.fields(),
                asUser ? new Caller(id, caller.requestId(), caller.sourceAddress()) : caller));
    }

    private AuditEntry audit(String action, String subject, Caller caller) {
        return new AuditEntry(
                clock.instant().truncatedTo(ChronoUnit.MILLIS), action, subject, 0, List.of(), caller);
    }
}
