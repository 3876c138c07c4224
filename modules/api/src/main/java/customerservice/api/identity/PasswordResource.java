package customerservice.api.identity;

import customerservice.api.http.Access;
import customerservice.api.http.Exchange;
import customerservice.api.http.Route;
import customerservice.api.http.message.HttpMethod;
import customerservice.api.http.message.MediaTypes;
import customerservice.api.json.JsonInput;
import customerservice.auth.account.Users;
import customerservice.domain.Violations;
import customerservice.domain.identity.Scope;
import customerservice.metrics.AuthMetrics;
import java.util.UUID;

/** A user's password: changed by the user, who has to know the current one, or by whoever looks after users. */
public final class PasswordResource {

    private final Users users;
    private final AuthMetrics metrics;

    public PasswordResource(Users users, AuthMetrics metrics) {
        this.users = users;
        this.metrics = metrics;
    }

    public Route route() {
        return Route.of(
                HttpMethod.POST, UserResource.ITEM + "/password", Access.ownOr(Scope.USERS_ADMIN), this::change);
    }

    private void change(Exchange exchange) {
        UUID id = UserResource.id(exchange);
        // An admin, too: a token that was left lying about must not become a password.
        boolean own = exchange.concernsCaller();
        var violations = new Violations();
        Change change = JsonInput.object(
                exchange.body(MediaTypes.JSON), in -> Change.read(in, own, violations));
        violations.throwIfAny();
        if (own) {
            changeOwn(id, change, exchange);
        } else {
            users.changePassword(id, change.password(), exchange.caller());
        }
        exchange.send(204);
    }

    private void changeOwn(UUID id, Change change, Exchange exchange) {
        CountedAttempt.of(metrics, () -> {
            users.changeOwnPassword(id, change.current(), change.password(), exchange.caller());
            return id;
        });
    }

    @SuppressWarnings("ArrayRecordComponent") // so that the passwords can be wiped; they are never compared or shown
    private record Change(char[] current, char[] password) {

        static Change read(JsonInput in, boolean own, Violations violations) {
            String current = null;
            String password = null;
            for (String field = in.nextField(); field != null; field = in.nextField()) {
                if (field.equals("password")) {
                    password = in.text(violations);
                } else if (own && field.equals("current_password")) {
                    current = in.text(violations);
                } else {
                    in.unknown(violations);
                }
            }
            if (own) {
                require(current, "/current_password", violations);
            }
            require(password, "/password", violations);
            return new Change(characters(current), characters(password));
        }

        private static void require(String value, String pointer, Violations violations) {
            if (value == null && !violations.concern(pointer)) {
                violations.add(pointer, "required", "is required");
            }
        }

        private static char[] characters(String text) {
            return text == null ? new char[0] : text.toCharArray();
        }

        @Override
        public String toString() {
            return "Change";
        }
    }
}
