package customerservice.domain.customer;

import java.util.Map;

/**
 * A customer as a caller gave it, before the rules have been applied. The exception from "no null crosses a module's
 * border": {@code null} means that the caller gave nothing, or gave JSON's null, which is the same here.
 */
public record CustomerDraft(
        String name, String email, String phone, String status, AddressDraft address, Map<String, String> metadata) {

    /** The draft that would make this customer as it is; what a merge patch is applied to. */
    static CustomerDraft of(Customer customer) {
        return new CustomerDraft(
                customer.name(),
                customer.email().value(),
                customer.phone().map(PhoneNumber::value).orElse(null),
                customer.status().label(),
                customer.address().map(AddressDraft::of).orElse(null),
                customer.metadata());
    }
}
