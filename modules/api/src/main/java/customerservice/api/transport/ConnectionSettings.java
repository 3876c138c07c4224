package customerservice.api.transport;

import java.time.Duration;

/**
 * What a connection may take, of time and of bytes.
 *
 * @param idle how long it may wait for a request to begin
 * @param request for the head of a request, from its first byte, and for its body
 * @param maxBodyBytes what is read of a body that nobody asked for, so that the connection can go on
 */
public record ConnectionSettings(Duration idle, Duration request, int maxBodyBytes) {

    /** How many times as long as a request an answer may take before its reader has to keep a minimum rate. */
    private static final int PATIENCE = 3;

    /** A head is not to take longer than the silence before it. */
    long headNanos() {
        return Math.min(idle.toNanos(), request.toNanos());
    }

    long bodyNanos() {
        return request.toNanos();
    }

    /** Over which a reader has to keep the minimum rate. */
    long answerNanos() {
        return PATIENCE * request.toNanos();
    }

    WriteProgress progress() {
        return new WriteProgress(request.multipliedBy(PATIENCE), WriteProgress.BYTES_PER_SECOND);
    }
}
