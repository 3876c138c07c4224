package customerservice.domain.customer;

import java.util.Optional;

/** Where a customer stands. The wire and the database use {@link #label()}. */
public enum CustomerStatus {
    ACTIVE("active"),
    SUSPENDED("suspended"),
    CLOSED("closed"),
    /** One of a later release, which this one gives to nobody and takes from nobody. */
    UNKNOWN("unknown");

    private final String label;

    CustomerStatus(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }

    /** Of one that a customer can be given. */
    public static Optional<CustomerStatus> ofLabel(String label) {
        return switch (label) {
            case "active" -> Optional.of(ACTIVE);
            case "suspended" -> Optional.of(SUSPENDED);
            case "closed" -> Optional.of(CLOSED);
            default -> Optional.empty();
        };
    }
}
