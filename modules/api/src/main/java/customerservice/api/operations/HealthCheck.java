package customerservice.api.operations;

import java.util.Objects;

/**
 * One thing that was looked at.
 *
 * @param name lower case with dashes, such as {@code database}
 * @param detail for people, or empty; shown to anybody, so no secret, host name or stack trace
 */
public record HealthCheck(String name, boolean up, String detail) {

    public HealthCheck {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(detail, "detail");
    }
}
