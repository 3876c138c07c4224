package customerservice.domain.customer;

import java.util.Objects;
import java.util.Optional;

/**
 * One field before and after a change; personal data, erased with the customer.
 *
 * @param field the wire form's name; parts of the address and entries of the metadata as {@code address.city} and
 *     {@code metadata.tier}
 */
public record FieldChange(String field, Optional<String> from, Optional<String> to) {

    public FieldChange {
        Objects.requireNonNull(field, "field");
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
    }
}
