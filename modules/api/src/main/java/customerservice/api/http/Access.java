package customerservice.api.http;

import customerservice.domain.identity.Scope;
import java.util.Objects;

/** Who may use a route. */
public sealed interface Access {

    /** Anybody, without a token. */
    Access PUBLIC = new Public();

    static Access scope(Scope scope) {
        return new Scoped(scope);
    }

    static Access ownOr(Scope scope) {
        return new OwnOrScoped(scope);
    }

    record Public() implements Access {}

    /** Whoever brings a valid access token with this scope. */
    record Scoped(Scope scope) implements Access {
        public Scoped {
            Objects.requireNonNull(scope, "scope");
        }
    }

    /** Whoever brings a valid access token, if the path's parameter is the token's subject; others need the scope. */
    record OwnOrScoped(Scope scope) implements Access {
        public OwnOrScoped {
            Objects.requireNonNull(scope, "scope");
        }
    }
}
