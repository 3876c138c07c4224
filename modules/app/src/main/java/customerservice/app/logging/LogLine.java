package customerservice.app.logging;

import customerservice.api.http.trace.AccessEntry;
import customerservice.api.http.trace.TraceContext;
import customerservice.domain.audit.AuditEntry;
import java.util.concurrent.CountDownLatch;

/** What is to be written, as it was at the time; turned into bytes later, by the writing thread. */
sealed interface LogLine {

    /** Of the queue's room, in units of about a kibibyte. */
    int weight();

    /**
     * @param thread the name, or empty
     * @param requestId empty outside requests
     * @param trace {@link TraceContext#NONE} outside traces
     * @param thrown may be null
     */
    record Application(
            long millis,
            Severity severity,
            String logger,
            String message,
            String thread,
            String requestId,
            TraceContext trace,
            Throwable thrown)
            implements
                LogLine {

        private static final int WEIGHT_OF_A_STACK = 8;

        @Override
        public int weight() {
            return 1 + (message.length() >> 10) + (thrown == null ? 0 : WEIGHT_OF_A_STACK);
        }
    }

    record Access(long millis, AccessEntry entry) implements LogLine {
        @Override
        public int weight() {
            // Nothing else in it is long, and these are whatever the client wrote.
            return 1 + ((entry.method().length() + entry.path().length() + entry.trace().state().length()) >> 10);
        }
    }

    record Audit(AuditEntry entry, TraceContext trace) implements LogLine {
        @Override
        public int weight() {
            return 1;
        }
    }

    /** Nothing to write: tells when all that came before has been. */
    record Flushed(CountDownLatch latch) implements LogLine {
        @Override
        public int weight() {
            return 0;
        }
    }
}
