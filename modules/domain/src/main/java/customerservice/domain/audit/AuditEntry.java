package customerservice.domain.audit;

import customerservice.domain.Caller;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * One line of the audit trail. Holds no personal data: of a change only the fields' names.
 *
 * @param action such as {@code customer.create}
 * @param subject the id of what was acted upon; {@code all} for all users
 * @param version of the customer after the change, erasure counting as one; 0 where there is none
 * @param fields names of the changed fields, as in the wire form, in its order
 */
public record AuditEntry(
        Instant at, String action, String subject, long version, List<String> fields, Caller caller) {

    public AuditEntry {
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(action, "action");
        Objects.requireNonNull(subject, "subject");
        fields = List.copyOf(fields);
        Objects.requireNonNull(caller, "caller");
    }
}
