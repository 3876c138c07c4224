package customerservice.api.caller;

import customerservice.api.http.Exchange;
import customerservice.api.http.message.FieldName;
import customerservice.api.http.message.Problem;
import customerservice.api.http.message.ProblemException;
import customerservice.auth.token.Authenticator;
import customerservice.domain.identity.Scope;
import io.helidon.http.HeaderNames;

/** The guard of the routes that are not public: bearer tokens in the Authorization field (RFC 6750). */
public final class BearerToken {

    public static final String CHALLENGE = "Bearer realm=\"customer-service\"";

    private static final String SCHEME = "Bearer ";

    private final Authenticator authenticator;

    public BearerToken(Authenticator authenticator) {
        this.authenticator = authenticator;
    }

    /**
     * Notes whose request it is.
     *
     * @throws ProblemException if it brings no token
     * @throws customerservice.auth.AuthException if the token is not valid
     */
    public void authenticate(Exchange exchange) {
        String field = exchange.field(HeaderNames.AUTHORIZATION);
        if (!field.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            // RFC 6750, section 3.1: no error code for one who has shown no token.
            exchange.answer().field(FieldName.WWW_AUTHENTICATE, CHALLENGE);
            throw new ProblemException(Problem.UNAUTHORIZED, "The request has no access token.");
        }
        exchange.principal(authenticator.authenticate(field.substring(SCHEME.length()).strip()));
    }

    /** As {@link #authorize}, but whoever is the path's parameter himself needs no scope. */
    public void authorizeUnlessOwn(Exchange exchange, Scope scope) {
        if (!exchange.concernsCaller()) {
            authorize(exchange, scope);
        }
    }

    /**
     * Lets a request pass whose principal is known.
     *
     * @throws ProblemException if the token is without the scope
     */
    public void authorize(Exchange exchange, Scope scope) {
        if (!exchange.principal().may(scope)) {
            exchange.answer().field(
                    FieldName.WWW_AUTHENTICATE,
                    CHALLENGE + ", error=\"insufficient_scope\", scope=\"" + scope.label() + "\"");
            throw new ProblemException(
                    Problem.INSUFFICIENT_SCOPE, "The access token lacks the scope " + scope.label() + ".");
        }
    }
}
