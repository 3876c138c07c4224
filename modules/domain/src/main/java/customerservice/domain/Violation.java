package customerservice.domain;

import java.util.Objects;

/**
 * One thing that is wrong with what was given.
 *
 * @param pointer where: a JSON Pointer into the body (RFC 6901, {@code ""} for the whole) or, for a query parameter,
 *     its bare name
 * @param code stable, for programs: lower case with underscores
 * @param detail for people; never repeats the offending value
 */
public record Violation(String pointer, String code, String detail) {

    public Violation {
        Objects.requireNonNull(pointer, "pointer");
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(detail, "detail");
    }
}
