package customerservice.domain.customer;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** A country by its two upper-case letters (ISO 3166-1 alpha-2), as the JDK's own table knows them. */
public record CountryCode(String value) {

    private static final Set<String> KNOWN = Set.of(Locale.getISOCountries());

    /** Takes a value that was checked before, such as a stored one; {@link #parse} checks. */
    public CountryCode {
        Objects.requireNonNull(value, "value");
    }

    static Optional<CountryCode> parse(String text) {
        return KNOWN.contains(text) ? Optional.of(new CountryCode(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
