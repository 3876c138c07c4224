package customerservice.domain.identity;

import java.util.Optional;

/**
 * What counts as one source of sign-ins: an IPv4 address, or the first 64 bits of an IPv6 address, of which everybody
 * has 2^64 to send from (RFC 6177).
 */
public final class SourceNetwork {

    private static final int MAX = 64;
    private static final int GROUPS = 4;
    private static final String NETWORK = "::/64";

    private SourceNetwork() {}

    /** @param address in text form; anything else is taken for a network of its own */
    public static String of(String address) {
        String text = address.length() > MAX ? address.substring(0, MAX) : address;
        text = text.replace(' ', '_').replace('\0', '_');
        if (text.indexOf(':') < 0) {
            return text;
        }
        return prefix(text);
    }

    /**
     * The site that a network belongs to: the first 48 bits of an IPv6 address, which is what many providers give to each
     * customer (RFC 6177), and with it 65,536 networks to send from. Empty for anything but IPv6.
     *
     * @param network as {@link #of} says it
     */
    public static Optional<String> site(String network) {
        if (!network.endsWith(NETWORK)) {
            return Optional.empty();
        }
        String prefix = network.substring(0, network.length() - NETWORK.length());
        return Optional.of(prefix.substring(0, prefix.lastIndexOf(':')) + "::/48");
    }

    /** The first four of eight groups, as they would be without "::". */
    private static String prefix(String address) {
        int zone = address.indexOf('%');
        String[] halves = (zone < 0 ? address : address.substring(0, zone)).split("::", 2);
        String[] head = groups(halves[0]);
        String[] tail = halves.length == 2 ? groups(halves[1]) : new String[0];
        int missing = halves.length == 2 ? Math.max(0, 2 * GROUPS - head.length - tail.length) : 0;
        var prefix = new StringBuilder();
        for (int i = 0; i < GROUPS; i++) {
            String group;
            if (i < head.length) {
                group = head[i];
            } else if (i < head.length + missing) {
                group = "0";
            } else {
                int at = i - head.length - missing;
                group = at < tail.length ? tail[at] : "0";
            }
            prefix.append(group.replaceFirst("^0+(?=.)", "")).append(':');
        }
        return prefix.deleteCharAt(prefix.length() - 1).append(NETWORK).toString();
    }

    private static String[] groups(String text) {
        return text.isEmpty() ? new String[0] : text.split(":", -1);
    }
}
