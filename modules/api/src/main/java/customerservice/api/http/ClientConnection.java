package customerservice.api.http;

import io.helidon.http.Headers;
import java.time.Duration;

/** What a request needs to know of the connection that it came by, and to tell it. */
public interface ClientConnection {

    /** The IP address of the client who sent a request with these fields. */
    String clientAddress(Headers headers);

    /** Whether the client who sent a request with these fields speaks TLS, with this server or with a trusted proxy. */
    boolean isSecure(Headers headers);

    /** The calling thread begins to read a body, which has to be over within this time. */
    void bodyBegins(Duration timeout);

    /** The calling thread has read the body, or reads no more of it. */
    void bodyEnds();
}
