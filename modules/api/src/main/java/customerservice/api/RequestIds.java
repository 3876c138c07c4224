package customerservice.api;

import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/** Names requests: with what the caller sent if that is fit for a log line, else with something new. */
final class RequestIds {

    private static final int MAX_LENGTH = 128;

    private final String prefix;
    private final AtomicLong counter = new AtomicLong();

    /** @param random tells the requests of this process from those of others */
    RequestIds(RandomGenerator random) {
        this.prefix = Long.toHexString(random.nextLong() | Long.MIN_VALUE) + "-";
    }

    String next() {
        return prefix + Long.toHexString(counter.incrementAndGet());
    }

    /** 1 to 128 letters, digits, dots, underscores and hyphens. */
    static boolean isValid(String id) {
        if (id.isEmpty() || id.length() > MAX_LENGTH) {
            return false;
        }
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            if ((c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && (c < '0' || c > '9') && c != '-' && c != '_'
                    && c != '.') {
                return false;
            }
        }
        return true;
    }
}
