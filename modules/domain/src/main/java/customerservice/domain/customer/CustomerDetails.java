package customerservice.domain.customer;

import customerservice.domain.Violations;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
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

    /** Applies every rule; what is wrong goes to {@code violations}, together with what the decoder found there. */
    static CustomerDetails of(CustomerDraft draft, Violations violations) {
        var rules = new FieldRules(violations);
        var details = new CustomerDetails(
                rules.required(draft.name(), "/name", Customer.MAX_NAME),
                email(draft.email(), rules),
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
                        CustomerStatus::ofLabel)
                        .orElse(CustomerStatus.ACTIVE),
                Optional.ofNullable(draft.address()).map(given -> address(given, rules)),
                metadata(draft.metadata(), rules));
        violations.throwIfAny();
        return details;
    }

    private static EmailAddress email(String given, FieldRules rules) {
        if (given == null) {
            rules.missing("/email");
            return null;
        }
        return rules.parsed(
                given.strip(), "/email", "invalid_email", "must be an email address", EmailAddress::parse)
                .orElse(null);
    }

    private static Address address(AddressDraft given, FieldRules rules) {
        String line1 = rules.required(given.line1(), "/address/line1", Address.MAX_LINE);
        Optional<String> line2 = rules.optional(given.line2(), "/address/line2", Address.MAX_LINE);
        String city = rules.required(given.city(), "/address/city", Address.MAX_CITY);
        Optional<String> region = rules.optional(given.region(), "/address/region", Address.MAX_REGION);
        Optional<String> postalCode = rules.optional(given.postalCode(), "/address/postal_code",
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

    private static Map<String, String> metadata(Map<String, String> given, FieldRules rules) {
        if (given == null || given.isEmpty()) {
            return Map.of();
        }
        if (given.size() > Customer.MAX_METADATA_ENTRIES) {
            rules.tooMany("/metadata", Customer.MAX_METADATA_ENTRIES);
            return Map.of();
        }
        given.forEach((key, value) -> rules.metadataEntry(key, value));
        // Key order, so that a customer reads the same from memory and from jsonb, which does not keep the order.
        return Collections.unmodifiableMap(new TreeMap<>(given));
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
