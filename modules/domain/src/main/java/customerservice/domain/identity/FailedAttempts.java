package customerservice.domain.identity;

import java.time.Duration;
import java.util.Objects;

/**
 * Attempts to prove something that have failed lately, as they count now.
 *
 * @param count those that are not forgotten, at most {@value #MOST}
 * @param sinceLast since the last of them; zero if there is none
 */
public record FailedAttempts(int count, Duration sinceLast) {

    /** Beyond this they are not told apart, so that even the longest row of them is forgotten some day. */
    public static final int MOST = 30;

    public static final FailedAttempts NONE = new FailedAttempts(0, Duration.ZERO);

    public FailedAttempts {
        Objects.requireNonNull(sinceLast, "sinceLast");
    }

    /** What they are counted by; each forgets one failure after the other, at its own pace. */
    public enum By {
        /** One name, tried from one network. */
        NAME_AND_NETWORK(Duration.ofMinutes(10)),
        /** One name, wherever it is tried from, whether or not somebody has it. */
        NAME(Duration.ofMinutes(1)),
        /** One network, whatever names it tries. */
        NETWORK(Duration.ofSeconds(30)),
        /** One id of a client, wherever it is tried from, whether or not some client has it. */
        CLIENT(Duration.ofMinutes(1)),
        /** One network, whatever clients and tokens it tries. */
        NETWORK_OF_CLIENTS(Duration.ofSeconds(30));

        private final Duration memory;

        By(Duration memory) {
            this.memory = memory;
        }

        /** How long one failure counts. */
        public Duration memory() {
            return memory;
        }
    }
}
