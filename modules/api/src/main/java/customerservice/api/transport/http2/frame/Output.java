package customerservice.api.transport.http2.frame;

/** Where a connection's bytes go. Never called by two threads at once. */
@FunctionalInterface
public interface Output {

    /** @throws customerservice.api.http.message.ConnectionLostException if they can't be sent */
    void write(byte[] bytes, int from, int length);
}
