package customerservice.api.identity;

import customerservice.api.http.Access;
import customerservice.api.http.Exchange;
import customerservice.api.http.RateClass;
import customerservice.api.http.Route;
import customerservice.api.http.message.HttpMethod;
import customerservice.api.http.message.MediaTypes;
import customerservice.api.json.JsonInput;
import customerservice.auth.account.SignIn;
import customerservice.auth.token.IssuedToken;
import customerservice.domain.Caller;
import customerservice.domain.Violations;
import customerservice.metrics.AuthMetrics;

/** Signing in with a password. */
public final class LoginResource {

    private final SignIn signIn;
    private final AuthMetrics metrics;

    public LoginResource(SignIn signIn, AuthMetrics metrics) {
        this.signIn = signIn;
        this.metrics = metrics;
    }

    public Route route() {
        return Route.of(HttpMethod.POST, "/v1/auth/login", Access.PUBLIC, this::login)
                .limited(RateClass.EXPENSIVE);
    }

    private void login(Exchange exchange) {
        exchange.accepts(MediaTypes.JSON);
        var violations = new Violations();
        Credentials credentials = JsonInput.object(
                exchange.body(MediaTypes.JSON), in -> Credentials.read(in, violations));
        violations.throwIfAny();
        TokenAnswer.send(exchange, signIn(credentials, exchange));
    }

    private IssuedToken signIn(Credentials credentials, Exchange exchange) {
        var caller = new Caller("anonymous", exchange.requestId(), exchange.clientAddress());
        IssuedToken token = CountedAttempt.of(
                metrics, () -> signIn.signIn(credentials.username(), credentials.password(), caller));
        metrics.attempt("success");
        metrics.tokenIssued("password");
        return token;
    }

    @SuppressWarnings("ArrayRecordComponent") // so that the password can be wiped; it is never compared or shown
    private record Credentials(String username, char[] password) {

        static Credentials read(JsonInput in, Violations violations) {
            String username = null;
            String password = null;
            for (String field = in.nextField(); field != null; field = in.nextField()) {
                switch (field) {
                    case "username" -> username = in.text(violations);
                    case "password" -> password = in.text(violations);
                    default -> in.unknown(violations);
                }
            }
            require(username, "/username", violations);
            require(password, "/password", violations);
            return new Credentials(
                    username == null ? "" : username, password == null ? new char[0] : password.toCharArray());
        }

        private static void require(String value, String pointer, Violations violations) {
            if (value == null && !violations.concern(pointer)) {
                violations.add(pointer, "required", "is required");
            }
        }

        @Override
        public String toString() {
            return "Credentials";
        }
    }
}
