package customerservice.domain.customer;

import java.util.Objects;
import java.util.Optional;

/**
 * An address as RFC 5321 (section 4.1.2) lets a mail server take it, narrowed to what is in use: a dot-atom before the
 * at sign, a host name with at least one dot behind it, ASCII only, at most 254 characters. The name's last label begins
 * with a letter, as those of all top-level domains do (RFC 1123, section 2.1): what ends in a number is an IP address, in
 * one of its many spellings. Kept as it was written; two that differ only in case are the same address.
 */
public record EmailAddress(String value) {

    public static final int MAX_LENGTH = 254;
    private static final int MAX_LOCAL_PART = 64;
    private static final int MAX_LABEL = 63;

    /** Takes a value that was checked before, such as a stored one; {@link #parse} checks. */
    public EmailAddress {
        Objects.requireNonNull(value, "value");
    }

    /** White space at the ends is not part of it. */
    public static Optional<EmailAddress> parse(String given) {
        String text = NormalizedText.trim(given);
        return isValid(text) ? Optional.of(new EmailAddress(text)) : Optional.empty();
    }

    private static boolean isValid(String text) {
        int at = text.lastIndexOf('@');
        return at > 0
                && at <= MAX_LOCAL_PART
                && text.length() <= MAX_LENGTH
                && isDotAtom(text, at)
                && isHostName(text, at + 1);
    }

    private static boolean isDotAtom(String text, int end) {
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            boolean dotInside = c == '.' && i > 0 && i < end - 1 && text.charAt(i - 1) != '.';
            if (!dotInside && !isLetterOrDigit(c) && "!#$%&'*+-/=?^_`{|}~".indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isHostName(String text, int from) {
        int labelStart = from;
        int labels = 0;
        for (int i = from; i <= text.length(); i++) {
            if (i == text.length() || text.charAt(i) == '.') {
                int length = i - labelStart;
                if (length < 1
                        || length > MAX_LABEL
                        || text.charAt(labelStart) == '-'
                        || text.charAt(i - 1) == '-') {
                    return false;
                }
                labels++;
                labelStart = i + 1;
            } else if (!isLetterOrDigit(text.charAt(i)) && text.charAt(i) != '-') {
                return false;
            }
        }
        return labels >= 2 && isLetter(text.charAt(text.lastIndexOf('.') + 1));
    }

    private static boolean isLetterOrDigit(char c) {
        return isLetter(c) || (c >= '0' && c <= '9');
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    @Override
    public String toString() {
        return value;
    }
}
