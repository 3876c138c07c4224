package customerservice.persistence;

import java.util.Objects;

/**
 * One thing that {@link Database#health()} looked at.
 *
 * @param name {@code database}, {@code schema}, {@code database-role} or {@code change-feed}
 * @param detail for people; no host name, no secret
 */
public record DatabaseCheck(String name, boolean up, String detail) {

    public DatabaseCheck {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(detail, "detail");
    }
}
