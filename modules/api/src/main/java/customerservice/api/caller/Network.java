package customerservice.api.caller;

import java.util.Objects;

/** A block of IP addresses, written as an address or in CIDR notation (RFC 4632, section 3.1; RFC 4291, section 2.3). */
public final class Network {

    private final String text;
    private final byte[] prefix;
    private final int bits;

    private Network(String text, byte[] prefix, int bits) {
        this.text = text;
        this.prefix = prefix;
        this.bits = bits;
    }

    /**
     * Reads such as {@code 192.0.2.1}, {@code 192.0.2.0/24} or {@code 2001:db8::/32}.
     *
     * @throws IllegalArgumentException if it is not that, or an address in the middle of its block
     */
    public static Network parse(String text) {
        Objects.requireNonNull(text, "text");
        int slash = text.indexOf('/');
        IpAddress address = IpAddress.parse(slash < 0 ? text : text.substring(0, slash));
        if (address == null) {
            throw new IllegalArgumentException("not an address or a network in CIDR notation");
        }
        int length = address.bytes().length * 8;
        int bits = slash < 0 ? length : bits(text.substring(slash + 1));
        if (bits < 0 || bits > length) {
            throw new IllegalArgumentException("the prefix of a network is from 0 to " + length + " bits long");
        }
        for (int bit = bits; bit < length; bit++) {
            if (((address.bytes()[bit / 8] >> (7 - bit % 8)) & 1) != 0) {
                throw new IllegalArgumentException("not the first address of its network");
            }
        }
        return new Network(text, address.bytes(), bits);
    }

    private static int bits(String text) {
        if (text.isEmpty() || text.length() > 3) {
            return -1;
        }
        int number = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            number = number * 10 + c - '0';
        }
        return number;
    }

    boolean contains(IpAddress address) {
        byte[] bytes = address.bytes();
        if (bytes.length != prefix.length) {
            return false;
        }
        int whole = bits / 8;
        for (int i = 0; i < whole; i++) {
            if (bytes[i] != prefix[i]) {
                return false;
            }
        }
        int rest = bits % 8;
        return rest == 0 || ((bytes[whole] ^ prefix[whole]) & 0xFF) >> (8 - rest) == 0;
    }

    @Override
    public String toString() {
        return text;
    }
}
