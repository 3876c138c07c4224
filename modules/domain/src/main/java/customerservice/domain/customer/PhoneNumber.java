package customerservice.domain.customer;

import java.util.Objects;
import java.util.Optional;

/** An international number in ITU-T E.164 form: a plus sign, then 2 to 15 digits that do not start with 0. */
public record PhoneNumber(String value) {

    private static final int MAX_DIGITS = 15;

    /** Takes a value that was checked before, such as a stored one; {@link #parse} checks. */
    public PhoneNumber {
        Objects.requireNonNull(value, "value");
    }

    static Optional<PhoneNumber> parse(String text) {
        return isValid(text) ? Optional.of(new PhoneNumber(text)) : Optional.empty();
    }

    private static boolean isValid(String text) {
        if (text.length() < 3 || text.length() > MAX_DIGITS + 1 || text.charAt(0) != '+' || text.charAt(1) == '0') {
            return false;
        }
        for (int i = 1; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return value;
    }
}
