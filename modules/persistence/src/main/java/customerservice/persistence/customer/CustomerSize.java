package customerservice.persistence.customer;

import customerservice.domain.customer.Address;
import customerservice.domain.customer.Customer;
import customerservice.domain.customer.CustomerChange;
import customerservice.domain.customer.FieldChange;
import customerservice.persistence.audit.AuditRows;
import java.util.Map;

/** How large customers and their changes are. */
public final class CustomerSize {

    private CustomerSize() {}

    /** Of the text that is in it, in UTF-16 code units. */
    public static int characters(Customer customer) {
        int characters = customer.name().length() + customer.email().value().length();
        if (customer.address().isPresent()) {
            characters += characters(customer.address().get());
        }
        for (Map.Entry<String, String> entry : customer.metadata().entrySet()) {
            characters += entry.getKey().length() + entry.getValue().length();
        }
        return characters;
    }

    private static int characters(Address address) {
        return address.line1().length()
                + address.line2().map(String::length).orElse(0)
                + address.city().length()
                + address.region().map(String::length).orElse(0)
                + address.postalCode().map(String::length).orElse(0);
    }

    static int characters(CustomerChange change) {
        int characters = AuditRows.characters(change.audit());
        for (FieldChange value : change.values()) {
            characters += value.field().length()
                    + value.from().map(String::length).orElse(0)
                    + value.to().map(String::length).orElse(0);
        }
        return characters;
    }
}
