package customerservice.api.caller;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * An IP address in one spelling, so that nobody gets a second identity by another one. Read from text without asking a
 * name server.
 */
public final class IpAddress {

    private static final int LONGEST_IPV6 = 45;

    private final byte[] bytes;
    private final String text;

    private IpAddress(byte[] bytes, String text) {
        this.bytes = bytes;
        this.text = text;
    }

    public static IpAddress of(InetAddress address) {
        try {
            // Without the name and the scope that it may carry.
            InetAddress plain = InetAddress.getByAddress(address.getAddress());
            return new IpAddress(plain.getAddress(), plain.getHostAddress());
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Null if the text is anything else than an address, such as one with a port, a scope or a leading zero. */
    static IpAddress parse(String text) {
        return text.indexOf(':') < 0 ? ipv4(text) : ipv6(text);
    }

    private static IpAddress ipv4(String text) {
        var bytes = new byte[4];
        int part = 0;
        int number = -1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '.' && number >= 0 && part < 3) {
                bytes[part++] = (byte) number;
                number = -1;
            } else if (c >= '0' && c <= '9' && number != 0) {
                number = Math.max(number, 0) * 10 + c - '0';
                if (number > 255) {
                    return null;
                }
            } else {
                return null;
            }
        }
        if (part < 3 || number < 0) {
            return null;
        }
        bytes[3] = (byte) number;
        return new IpAddress(bytes, text);
    }

    private static IpAddress ipv6(String text) {
        if (text.length() > LONGEST_IPV6) {
            return null;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c > 'f' || (c != ':' && c != '.' && Character.digit(c, 16) < 0)) {
                return null;
            }
        }
        try {
            // One that stands for an IPv4 address becomes that address.
            return of(Inet6Address.ofLiteral(text));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** 4 or 16 of them, most significant first; not to be changed. */
    byte[] bytes() {
        return bytes;
    }

    /** IPv6 without abbreviation, such as {@code 2001:db8:0:0:0:0:0:1}. */
    @Override
    public String toString() {
        return text;
    }
}
