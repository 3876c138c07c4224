package customerservice.domain.customer;

import java.util.Objects;
import java.util.Optional;

/**
 * A postal address. Lines at most 200 characters, city and region 100, postal code 20; of the same characters as a
 * customer's name.
 */
public record Address(
        String line1,
        Optional<String> line2,
        String city,
        Optional<String> region,
        Optional<String> postalCode,
        CountryCode country) {

    public static final int MAX_LINE = 200;
    public static final int MAX_CITY = 100;
    public static final int MAX_REGION = 100;
    public static final int MAX_POSTAL_CODE = 20;

    public Address {
        Objects.requireNonNull(line1, "line1");
        Objects.requireNonNull(line2, "line2");
        Objects.requireNonNull(city, "city");
        Objects.requireNonNull(region, "region");
        Objects.requireNonNull(postalCode, "postalCode");
        Objects.requireNonNull(country, "country");
    }
}
