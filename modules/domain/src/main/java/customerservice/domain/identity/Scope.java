package customerservice.domain.identity;

import java.util.Optional;
import java.util.Set;

/** What a token allows; the names are those in the token's {@code scope} claim (RFC 8693, section 4.2). */
public enum Scope {
    CUSTOMERS_READ("customers:read"),
    CUSTOMERS_WRITE("customers:write"),
    CUSTOMERS_DELETE("customers:delete"),
    USERS_ADMIN("users:admin"),
    AUDIT_READ("audit:read"),
    /** To ask about tokens of others (RFC 7662). */
    TOKENS_INTROSPECT("tokens:introspect");

    private final String label;

    Scope(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }

    /** Space-separated (RFC 6749, section 3.3), in the order in which scopes are declared. */
    public static String labels(Set<Scope> scopes) {
        var labels = new StringBuilder();
        for (Scope scope : values()) {
            if (scopes.contains(scope)) {
                labels.append(labels.isEmpty() ? "" : " ").append(scope.label);
            }
        }
        return labels.toString();
    }

    public static Optional<Scope> ofLabel(String label) {
        for (Scope scope : values()) {
            if (scope.label.equals(label)) {
                return Optional.of(scope);
            }
        }
        return Optional.empty();
    }
}
