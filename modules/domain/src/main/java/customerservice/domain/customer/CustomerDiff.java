package customerservice.domain.customer;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/** What differs between two states of one customer, field by field, in the wire form's order. */
final class CustomerDiff {

    private final List<FieldChange> changes = new ArrayList<>();

    private CustomerDiff() {}

    /** Everything that {@code created} holds, as a change from nothing. */
    static List<FieldChange> ofNew(Customer created) {
        return between(Optional.empty(), created);
    }

    static List<FieldChange> between(Customer before, Customer after) {
        return between(Optional.of(before), after);
    }

    /** The top-level fields that these changes touch: what the audit trail may name. */
    static List<String> fields(List<FieldChange> changes) {
        var names = new LinkedHashSet<String>();
        for (FieldChange change : changes) {
            int dot = change.field().indexOf('.');
            names.add(dot < 0 ? change.field() : change.field().substring(0, dot));
        }
        return List.copyOf(names);
    }

    private static List<FieldChange> between(Optional<Customer> before, Customer after) {
        var diff = new CustomerDiff();
        diff.compare("name", before.map(Customer::name), Optional.of(after.name()));
        diff.compare(
                "email",
                before.map(customer -> customer.email().value()),
                Optional.of(after.email().value()));
        diff.compare(
                "phone",
                before.flatMap(Customer::phone).map(PhoneNumber::value),
                after.phone().map(PhoneNumber::value));
        diff.compare(
                "status",
                before.map(customer -> customer.status().label()),
                Optional.of(after.status().label()));
        diff.compareAddresses(before.flatMap(Customer::address), after.address());
        diff.compareMetadata(before.map(Customer::metadata).orElse(Map.of()), after.metadata());
        return diff.changes;
    }

    private void compare(String field, Optional<String> from, Optional<String> to) {
        if (!from.equals(to)) {
            changes.add(new FieldChange(field, from, to));
        }
    }

    private void compareAddresses(Optional<Address> from, Optional<Address> to) {
        comparePart("line1", from, to, address -> Optional.of(address.line1()));
        comparePart("line2", from, to, Address::line2);
        comparePart("city", from, to, address -> Optional.of(address.city()));
        comparePart("region", from, to, Address::region);
        comparePart("postal_code", from, to, Address::postalCode);
        comparePart("country", from, to, address -> Optional.of(address.country().value()));
    }

    private void comparePart(
            String part, Optional<Address> from, Optional<Address> to, Function<Address, Optional<String>> value) {
        compare("address." + part, from.flatMap(value), to.flatMap(value));
    }

    private void compareMetadata(Map<String, String> from, Map<String, String> to) {
        var keys = new TreeSet<>(from.keySet());
        keys.addAll(to.keySet());
        for (String key : keys) {
            compare("metadata." + key, Optional.ofNullable(from.get(key)), Optional.ofNullable(to.get(key)));
        }
    }
}
