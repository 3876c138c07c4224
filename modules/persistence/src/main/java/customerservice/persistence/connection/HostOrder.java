package customerservice.persistence.connection;

import java.util.ArrayList;
import java.util.List;

/**
 * The hosts of a JDBC URL, that first which was the primary last: a host without power takes the whole time limit each
 * time, and after a failover that would be every connection's first. Each is a URL of its own, since the driver's time limit
 * is for all hosts of a URL together: after a lost host it leaves the next one a millisecond.
 */
final class HostOrder {

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
        for (String host : url.substring(from, to).split(",", -1)) {
            urls.add(url.substring(0, from) + host + url.substring(to));
        }
    }

    /** At least 1, in the order in which to try them. */
    List<String> urls() {
        int start = first;
        var ordered = new ArrayList<>(urls.subList(start, urls.size()));
        ordered.addAll(urls.subList(0, start));
        return ordered;
    }

    /** At least 1. */
    int count() {
        return urls.size();
    }

    /**
     * @param url one of {@link #urls}
     * @return whether another one was the primary before
     */
    synchronized boolean wasPrimary(String url) {
        int index = urls.indexOf(url);
        if (index == first) {
            return false;
        }
        first = index;
        return true;
    }
}
