package customerservice.api.transport.protocol;

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
    public long headNanos() {
        return Math.min(idle.toNanos(), request.toNanos());
    }

    public long bodyNanos() {
        return request.toNanos();
    }

    /** Over which a reader has to keep the minimum rate. */
    public long answerNanos() {
        return PATIENCE * request.toNanos();
    }
}
