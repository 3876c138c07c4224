package customerservice.api.transport.http1;

import customerservice.api.http.message.ProblemException;
import customerservice.api.transport.syntax.Octets;

/** Reads a line of a header or trailer section (RFC 9112, section 5). */
final class FieldLine {

    private FieldLine() {}

    /**
     * Checks a line and notes where its name and value are.
     *
     * @param start what the other places are relative to
     * @throws customerservice.api.http.message.ProblemException if it is malformed or folded
     */
    static void parse(byte[] octets, int start, int from, int to, HeadFields fields) {
        int end = start + to;
        int colon = colon(octets, start + from, end);
        int value = colon + 1;
        while (value < end && Octets.isBlank(octets[value])) {
            value++;
        }
        int valueEnd = end;
        while (valueEnd > value && Octets.isBlank(octets[valueEnd - 1])) {
            valueEnd--;
        }
        checkValue(octets, value, valueEnd);
        fields.add(from, colon - start, value - start, valueEnd - start);
    }

    /** The same for a line that nobody will look at. */
    static void check(byte[] octets, int from, int to) {
        checkValue(octets, colon(octets, from, to) + 1, to);
    }

    /** Right behind the name: blanks before it have been used to hide fields from a proxy. */
    private static int colon(byte[] octets, int from, int to) {
        int at = from;
        while (at < to && Octets.isToken(octets[at])) {
            at++;
        }
        if (at == from || at == to || octets[at] != ':') {
            throw ProblemException.malformed("A header field is malformed.");
        }
        return at;
    }

    private static void checkValue(byte[] octets, int from, int to) {
        for (int i = from; i < to; i++) {
            if (!Octets.isFieldValue(octets[i])) {
                throw ProblemException.malformed("The value of a header field is malformed.");
            }
        }
    }
}
