package customerservice.api.transport.protocol;

import customerservice.api.http.message.ConnectionLostException;
import customerservice.api.http.message.RequestFields;

/** The connection that a protocol is spoken on. */
public interface ClientConnection {

    /** Waits for what comes next; null if nothing will. */
    byte[] read();

    /** @throws ConnectionLostException if it cannot be sent */
    void write(byte[] bytes, int from, int length);

    /**
     * The same, with something short before, as one packet where they fit.
     *
     * @throws ConnectionLostException if it cannot be sent
     */
    void write(byte[] head, int headLength, byte[] bytes, int from, int length);

    /** Says that nothing more will be sent, so that the client need not wait; what it sends can still be read. */
    void endOutput();

    /** Whether this connection itself is over TLS. */
    boolean isSecure();

    /** Whether the client who sent a request with these fields speaks TLS, with this server or with a trusted proxy. */
    boolean isSecure(RequestFields fields);

    /** The IP address of the client who sent a request with these fields. */
    String clientAddress(RequestFields fields);
}
