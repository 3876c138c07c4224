package customerservice.domain.customer;

import customerservice.domain.audit.AuditEntry;
import java.util.List;
import java.util.Objects;

/**
 * A change to one customer: the audit entry, and the values that it names.
 *
 * @param values empty once the customer has been erased
 */
public record CustomerChange(AuditEntry audit, List<FieldChange> values) {

    public CustomerChange {
        Objects.requireNonNull(audit, "audit");
        values = List.copyOf(values);
    }
}
