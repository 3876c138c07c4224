package customerservice.auth.oauth;

import customerservice.auth.InvalidScopeException;
import customerservice.auth.token.AccessTokens;
import customerservice.auth.token.IssuedToken;
import customerservice.domain.Caller;
import customerservice.domain.DomainException;
import customerservice.domain.audit.AuditEntry;
import customerservice.domain.audit.AuditListener;
import customerservice.domain.audit.AuditWriter;
import customerservice.domain.identity.Scope;
import customerservice.domain.identity.ServiceAccount;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Gives service accounts their access tokens (RFC 6749, section 4.4); never a refresh token. */
public final class ClientCredentials {

    private final AccessTokens tokens;
    private final AuditWriter auditTrail;
    private final AuditListener auditStream;
    private final Clock clock;

    public ClientCredentials(AccessTokens tokens, AuditWriter auditTrail, AuditListener auditStream, Clock clock) {
        this.tokens = Objects.requireNonNull(tokens, "tokens");
        this.auditTrail = Objects.requireNonNull(auditTrail, "auditTrail");
        this.auditStream = Objects.requireNonNull(auditStream, "auditStream");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /**
     * Issues a token to an account that has been authenticated.
     *
     * @param scope fewer scopes than the account has, separated by spaces; empty for all
     * @param caller the account
     * @throws InvalidScopeException if more is asked for than the account has, or it has none that this release knows
     * @throws DomainException.StoreBusy if the store has too much to do
     * @throws DomainException.StoreUnavailable if the store cannot be reached
     */
    public IssuedToken grant(ServiceAccount account, String scope, Caller caller) {
        Objects.requireNonNull(account, "account");
        Objects.requireNonNull(scope, "scope");
        Objects.requireNonNull(caller, "caller");
        Set<Scope> scopes = RequestedScopes.of(scope, account.scopes());
        if (scopes.isEmpty()) {
            throw new InvalidScopeException();
        }
        var audit = new AuditEntry(
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                "auth.token_issued", account.id().toString(), 0, List.of(), caller);
        auditTrail.append(audit);
        auditStream.happened(audit);
        return tokens.issue(account, scopes);
    }
}
