package customerservice.api;

import customerservice.domain.identity.Scope;
import java.util.Objects;

/** Who may use a route. */
sealed interface Access {

    /** Anybody, without a token. */
    Access PUBLIC = new Public();

    static Access scope(Scope scope) {
        return new Scoped(scope);
    }

    record Public() implements Access {}

    /** Whoever brings a valid access token with this scope. */
    record Scoped(Scope scope) implements Access {
        public Scoped {
            Objects.requireNonNull(scope, "scope");
        }
    }
}
