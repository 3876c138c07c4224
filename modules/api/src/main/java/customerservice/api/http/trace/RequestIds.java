package customerservice.api.http.trace;

import customerservice.api.http.message.RequestFields;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/** Names requests: with what the caller sent if that is fit for a log line, else with something new. */
public final class RequestIds {

    private static final HeaderName X_REQUEST_ID = HeaderNames.create("X-Request-Id");
    private static final int MAX_LENGTH = 128;

    private final String prefix;
    private final AtomicLong counter = new AtomicLong();

    /** @param random tells the requests of this process from those of others */
    public RequestIds(RandomGenerator random) {
        this.prefix = Long.toHexString(random.nextLong() | Long.MIN_VALUE) + "-";
    }

    /** The id that a request with these fields brings, if it is a valid one; else a new one. */
    public String of(RequestFields fields) {
        String id = fields.get(X_REQUEST_ID);
        return isValid(id) ? id : next();
    }

    private String next() {
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
