package customerservice.api.transport.http2;

import java.time.Duration;

/**
 * How long a peer may take.
 *
 * @param frame for a frame or a header block to come
 * @param answer over which it has to take some of each answer
 */
public record PeerTimeouts(Duration frame, Duration answer) {}
