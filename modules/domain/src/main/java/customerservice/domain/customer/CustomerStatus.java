package customerservice.domain.customer;

import java.util.Optional;

/** Where a customer stands. The wire and the database use {@link #label()}. */
public enum CustomerStatus {
    ACTIVE("active"),
    SUSPENDED("suspended"),
    CLOSED("closed");

    private final String label;

    CustomerStatus(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }

    public static Optional<CustomerStatus> ofLabel(String label) {
        return switch (label) {
            case "active" -> Optional.of(ACTIVE);
            case "suspended" -> Optional.of(SUSPENDED);
            case "closed" -> Optional.of(CLOSED);
            default -> Optional.empty();
        };
    }
}
