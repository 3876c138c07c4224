package customerservice.domain.identity;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a user is to the service; decides the scopes of its tokens. */
public enum Role {
    /** All but asking about tokens, which only programs do. */
    ADMIN("admin", EnumSet.complementOf(EnumSet.of(Scope.TOKENS_INTROSPECT))),
    OPERATOR("operator", EnumSet.of(Scope.CUSTOMERS_READ, Scope.CUSTOMERS_WRITE)),
    VIEWER("viewer", EnumSet.of(Scope.CUSTOMERS_READ)),
    /** One of a later release, which this one gives to nobody; it allows nothing. */
    UNKNOWN("unknown", EnumSet.noneOf(Scope.class));

    /** Those that a user can be given. */
    public static final List<Role> KNOWN = List.of(ADMIN, OPERATOR, VIEWER);

    private final String label;
    @SuppressWarnings("ImmutableEnumChecker") // a copy that nobody can change, though its type cannot say so
    private final Set<Scope> scopes;

    Role(String label, Set<Scope> scopes) {
        this.label = label;
        this.scopes = Set.copyOf(scopes);
    }

    public String label() {
        return label;
    }

    public Set<Scope> scopes() {
        return scopes;
    }

    /** Of {@link #KNOWN} ones. */
    public static Optional<Role> ofLabel(String label) {
        for (Role role : KNOWN) {
            if (role.label.equals(label)) {
                return Optional.of(role);
            }
        }
        return Optional.empty();
    }
}
