package customerservice.persistence.customer;

import customerservice.domain.customer.Address;
import customerservice.domain.customer.Customer;
import customerservice.domain.customer.CustomerChange;
import customerservice.domain.customer.FieldChange;
import customerservice.persistence.audit.AuditRows;
import java.util.Map;

/** How large customers and their changes are. */
public final class CustomerSize {

    /** Objects, headers and references; with its place in a hash table. */
    private static final int BYTES = 450;
    private static final int BYTES_OF_ADDRESS = 250;

    /** Two strings and a node of a tree. */
    private static final int BYTES_OF_ENTRY = 130;

    private CustomerSize() {}

    /** Of the text that is in it, in UTF-16 code units. */
    static int characters(Customer customer) {
        int characters = customer.name().length() + customer.email().value().length();
        if (customer.address().isPresent()) {
            characters += characters(customer.address().get());
        }
        for (Map.Entry<String, String> entry : customer.metadata().entrySet()) {
            characters += entry.getKey().length() + entry.getValue().length();
        }
        return characters;
    }

    /**
     * An estimate, on the high side, of what a customer in memory keeps from the garbage collector. A character takes one
     * byte or two: which, only the JVM knows.
     */
    public static int bytes(Customer customer) {
        return BYTES
                + (customer.address().isPresent() ? BYTES_OF_ADDRESS : 0)
                + BYTES_OF_ENTRY * customer.metadata().size()
                + 2 * characters(customer);
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
