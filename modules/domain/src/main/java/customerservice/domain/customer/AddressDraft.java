package customerservice.domain.customer;

/** An address as a caller gave it: nothing checked, {@code null} where nothing was given. */
public record AddressDraft(
        String line1, String line2, String city, String region, String postalCode, String country) {

    static AddressDraft of(Address address) {
        return new AddressDraft(
                address.line1(),
                address.line2().orElse(null),
                address.city(),
                address.region().orElse(null),
                address.postalCode().orElse(null),
                address.country().value());
    }
}
