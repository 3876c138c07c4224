package customerservice.api.transport.protocol;

import io.helidon.common.concurrency.limits.Limit;

/** What speaks HTTP on a connection of which the version is known. */
public interface HttpProtocol {

    /** Serves requests until the connection ends. */
    void serve(Limit limit) throws InterruptedException;

    /** Decides that no request begins any more, if none has begun for so long. */
    boolean endIfWaiting(long now, long atLeastNanos);

    /** Decides the same if the peer takes longer for something than it may. Asked every now and then. */
    boolean endIfLate(long now);

    /** Decides the same whatever is being done. */
    void end();
}
