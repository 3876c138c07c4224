package customerservice.domain.customer;

import customerservice.domain.Violations;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The part of a customer that callers decide, after the rules: what {@link CustomerDraft} becomes when nothing is wrong
 * with it.
 */
record CustomerDetails(
        String name,
        EmailAddress email,
        Optional<PhoneNumber> phone,
        CustomerStatus status,
        Optional<Address> address,
        Map<String, String> metadata) {

    private static final CustomerDraft NOTHING = new CustomerDraft(null, null, null, null, null, null);
    private static final AddressDraft NO_ADDRESS = new AddressDraft(null, null, null, null, null, null);

    /** Applies every rule; what is wrong goes to {@code violations}, together with what the decoder found there. */
    static CustomerDetails of(CustomerDraft draft, Violations violations) {
        return of(draft, NOTHING, violations);
    }

    /** The same, but for what stands already: it may be older than the rules. */
    static CustomerDetails of(CustomerDraft draft, CustomerDraft stands, Violations violations) {
        var rules = new FieldRules(violations);
        var details = new CustomerDetails(
                rules.required(draft.name(), stands.name(), "/name", Customer.MAX_NAME),
                email(draft.email(), stands.email(), rules),
                rules.parsed(
                        draft.phone(),
                        "/phone",
                        "invalid_phone",
                        "must be an E.164 number such as +441234567890",
                        PhoneNumber::parse),
                rules.parsed(
                        draft.status(),
                        "/status",
                        "invalid_status",
                        "must be one of active, suspended, closed",
                        label -> CustomerStatus.ofLabel(label).or(() -> unknown(label, stands)))
                        .orElse(CustomerStatus.ACTIVE),
                Optional.ofNullable(draft.address())
                        .map(given -> address(given, Objects.requireNonNullElse(stands.address(), NO_ADDRESS), rules)),
                metadata(draft.metadata(), Objects.requireNonNullElse(stands.metadata(), Map.of()), rules));
        violations.throwIfAny();
        return details;
    }

    /** A customer in a later release's status keeps it when something else changes. */
    private static Optional<CustomerStatus> unknown(String label, CustomerDraft stands) {
        return Optional.of(CustomerStatus.UNKNOWN)
                .filter(status -> label.equals(status.label()) && label.equals(stands.status()));
    }

    private static EmailAddress email(String given, String stands, FieldRules rules) {
        if (given == null) {
            rules.missing("/email");
            return null;
        }
        return given.equals(stands)
                ? new EmailAddress(stands)
                : rules.parsed(given, "/email", "invalid_email", "must be an email address", EmailAddress::parse)
                        .orElse(null);
    }

    private static Address address(AddressDraft given, AddressDraft stands, FieldRules rules) {
        String line1 = rules.required(given.line1(), stands.line1(), "/address/line1", Address.MAX_LINE);
        Optional<String> line2 = rules.optional(given.line2(), stands.line2(), "/address/line2", Address.MAX_LINE);
        String city = rules.required(given.city(), stands.city(), "/address/city", Address.MAX_CITY);
        Optional<String> region = rules.optional(given.region(), stands.region(), "/address/region",
                Address.MAX_REGION);
        Optional<String> postalCode = rules.optional(given.postalCode(), stands.postalCode(), "/address/postal_code",
                Address.MAX_POSTAL_CODE);
        if (given.country() == null) {
            rules.missing("/address/country");
        }
        Optional<CountryCode> country = rules.parsed(
                given.country(),
                "/address/country",
                "invalid_country",
                "must be an ISO 3166-1 alpha-2 code such as GB",
                CountryCode::parse);
        return line1 == null || city == null || country.isEmpty()
                ? null
                : new Address(line1, line2, city, region, postalCode, country.get());
    }

    private static Map<String, String> metadata(
            Map<String, String> given, Map<String, String> stands, FieldRules rules) {
        if (given == null || given.isEmpty()) {
            return Map.of();
        }
        if (given.size() > Customer.MAX_METADATA_ENTRIES) {
            rules.tooMany("/metadata", Customer.MAX_METADATA_ENTRIES);
            return Map.of();
        }
        // Key order, so that a customer reads the same from memory and from jsonb, which does not keep the order.
        SortedMap<String, String> entries = new TreeMap<>();
        given.forEach((key, value) -> {
            if (value.equals(stands.get(key))) {
                entries.put(key, value);
            } else {
                rules.metadataEntry(key, value, entries);
            }
        });
        return Collections.unmodifiableMap(entries);
    }

    /** Whether this is what the customer already is. */
    boolean sameAs(Customer customer) {
        return name.equals(customer.name())
                && email.equals(customer.email())
                && phone.equals(customer.phone())
                && status == customer.status()
                && address.equals(customer.address())
                && metadata.equals(customer.metadata());
    }
}
