package customerservice.domain.identity;

import java.time.Duration;
import java.util.Objects;

/**
 * Sign-ins that have failed lately, as they count now.
 *
 * @param count those that are not forgotten, at most {@value #MOST}
 * @param sinceLast since the last of them; zero if there is none
 */
public record FailedSignIns(int count, Duration sinceLast) {

    /** Beyond this they are not told apart, so that even the longest row of them is forgotten some day. */
    public static final int MOST = 30;

    public static final FailedSignIns NONE = new FailedSignIns(0, Duration.ZERO);

    public FailedSignIns {
        Objects.requireNonNull(sinceLast, "sinceLast");
    }

    /** What they are counted by; each forgets one failure after the other, at its own pace. */
    public enum By {
        /** One name, tried from one network. */
        NAME_AND_NETWORK(Duration.ofMinutes(10)),
        /** One name, wherever it is tried from, whether or not somebody has it. */
        NAME(Duration.ofMinutes(1)),
        /** One network, whatever names it tries. */
        NETWORK(Duration.ofSeconds(30));

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
