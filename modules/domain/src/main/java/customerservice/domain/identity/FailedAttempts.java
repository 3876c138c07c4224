package customerservice.domain.identity;

import java.time.Duration;
import java.util.Objects;

/**
 * Attempts to prove something that have failed lately, as they count now.
 *
 * @param count those that are not forgotten, at most {@link By#most}
 * @param sinceLast since the last of them; zero if there is none
 */
public record FailedAttempts(int count, Duration sinceLast) {

    public static final FailedAttempts NONE = new FailedAttempts(0, Duration.ZERO);

    public FailedAttempts {
        Objects.requireNonNull(sinceLast, "sinceLast");
    }

    /** What they are counted by; each forgets one failure after the other, at its own pace. */
    public enum By {
        /** One name, tried from one network. */
        NAME_AND_NETWORK(Duration.ofMinutes(10), 30),
        /** One name, tried from any network of one site; of IPv6 alone. */
        NAME_AND_SITE(Duration.ofMinutes(10), 30),
        /** One name, wherever it is tried from, whether or not somebody has it. */
        NAME(Duration.ofMinutes(1), 30),
        /** One network, whatever names it tries. */
        NETWORK(Duration.ofSeconds(30), 30),
        /** One network, whatever names it tries of those that have signed in from it. */
        KNOWN_NETWORK(Duration.ofSeconds(30), 60),
        /** All networks of one site, whatever names they try; of IPv6 alone. */
        SITE(Duration.ofSeconds(6), 130),
        /** One id of a client, wherever it is tried from, whether or not some client has it. */
        CLIENT(Duration.ofMinutes(1), 30),
        /** One network, whatever clients and tokens it tries. */
        NETWORK_OF_CLIENTS(Duration.ofSeconds(30), 30),
        /** All networks of one site, whatever clients and tokens they try; of IPv6 alone. */
        SITE_OF_CLIENTS(Duration.ofSeconds(6), 130);

        private final Duration memory;
        private final int most;

        By(Duration memory, int most) {
            this.memory = memory;
            this.most = most;
        }

        /** How long one failure counts. */
        public Duration memory() {
            return memory;
        }

        /** Beyond this they are not told apart, so that even the longest row of them is forgotten some day. */
        public int most() {
            return most;
        }
    }
}
