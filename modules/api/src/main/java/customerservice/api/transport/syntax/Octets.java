package customerservice.api.transport.syntax;

import java.nio.charset.StandardCharsets;

/** What the octets of an HTTP message may be, by the part that they stand in. */
public final class Octets {

    private static final byte TOKEN = 1;
    private static final byte FIELD = 2;
    private static final byte PATH = 4;
    private static final byte QUERY = 8;
    private static final byte HOST = 16;

    private static final byte[] KINDS = new byte[256];

    static {
        String alphanumeric = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
        mark(alphanumeric + "!#$%&'*+-.^_`|~", TOKEN);
        // RFC 3986, section 3.3, with the percent sign of an encoded octet.
        mark(alphanumeric + "-._~!$&'()*+,;=:@/%", PATH);
        // RFC 3986, section 3.2.2, without user information, with the port and the brackets of an IPv6 address.
        mark(alphanumeric + "-._~!$&'()*+,;=:[]%", HOST);
        for (int octet = 0; octet < 256; octet++) {
            if (octet > ' ' && octet != 0x7F) {
                KINDS[octet] |= FIELD;
                // What RFC 3986 allows is left to who reads the parameters, and can name the one that is wrong.
                if (octet != '#') {
                    KINDS[octet] |= QUERY;
                }
            }
        }
        KINDS[' '] |= FIELD;
        KINDS['\t'] |= FIELD;
    }

    private Octets() {}

    private static void mark(String octets, byte kind) {
        for (byte octet : octets.getBytes(StandardCharsets.US_ASCII)) {
            KINDS[octet] |= kind;
        }
    }

    /** RFC 9110, section 5.6.2. */
    public static boolean isToken(byte octet) {
        return (KINDS[octet & 0xFF] & TOKEN) != 0;
    }

    /** RFC 9110, section 5.5: visible, of ISO 8859-1's upper half, or a blank. */
    public static boolean isFieldValue(byte octet) {
        return (KINDS[octet & 0xFF] & FIELD) != 0;
    }

    static boolean isPath(byte octet) {
        return (KINDS[octet & 0xFF] & PATH) != 0;
    }

    static boolean isQuery(byte octet) {
        return (KINDS[octet & 0xFF] & QUERY) != 0;
    }

    static boolean isHost(byte octet) {
        return (KINDS[octet & 0xFF] & HOST) != 0;
    }

    public static boolean isBlank(byte octet) {
        return octet == ' ' || octet == '\t';
    }

    /** The value of a hexadecimal digit; negative if it is none. */
    public static int hex(byte octet) {
        if (octet >= '0' && octet <= '9') {
            return octet - '0';
        }
        int lower = octet | 0x20;
        return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
    }
}
