package customerservice.persistence.connection;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The hosts of a JDBC URL, that first which was the primary last. The driver tries them in the order of the URL, and a host
 * without power takes the whole time limit each time; after a failover that would be every connection's first.
 */
final class HostOrder {

    private static final String DEFAULT_PORT = ":5432";

    private final List<String> hosts = new ArrayList<>();
    private final List<String> urls = new ArrayList<>();
    private volatile int first;

    HostOrder(String url) {
        int from = url.indexOf("//") + 2;
        if (from < 2) {
            urls.add(url);
            return;
        }
        int to = from;
        while (to < url.length() && url.charAt(to) != '/' && url.charAt(to) != '?') {
            to++;
        }
        List<String> parts = List.of(url.substring(from, to).split(",", -1));
        for (String part : parts) {
            hosts.add(normalized(part));
        }
        for (int i = 0; i < parts.size(); i++) {
            var rotated = new ArrayList<>(parts.subList(i, parts.size()));
            rotated.addAll(parts.subList(0, i));
            urls.add(url.substring(0, from) + String.join(",", rotated) + url.substring(to));
        }
    }

    /** With another order of hosts, if another than the first has been the primary. */
    String url() {
        return urls.get(first);
    }

    /** At least 1. */
    int count() {
        return urls.size();
    }

    /**
     * A host that is not in the URL changes nothing.
     *
     * @return whether another one was the primary before
     */
    synchronized boolean wasPrimary(String host, int port) {
        int index = hosts.indexOf(normalized(host.contains(":") ? "[" + host + "]:" + port : host + ":" + port));
        if (index < 0 || index == first) {
            return false;
        }
        first = index;
        return true;
    }

    private static String normalized(String host) {
        boolean hasPort = host.lastIndexOf(':') > host.lastIndexOf(']');
        return (hasPort ? host : host + DEFAULT_PORT).toLowerCase(Locale.ROOT);
    }
}
