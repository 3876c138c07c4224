package customerservice.api.http;

import customerservice.api.http.message.Content;
import customerservice.api.http.message.RequestFields;

/** A request whose head has come, whatever protocol it came by. For one thread. */
public interface Request {

    /** A token, in the case that it was sent in: methods are case-sensitive (RFC 9110, section 9.1). */
    String method();

    /**
     * Percent-encoded, without query, as {@link customerservice.api.http.message.RequestPath#normalize} leaves it;
     * {@code *} if the request is for the server as a whole (RFC 9110, section 7.1); empty if it is not known.
     */
    String path();

    /** Percent-encoded, without its question mark; empty if there is none. */
    String query();

    RequestFields fields();

    /** Host and perhaps port by which the client means the server; empty if it names none. */
    String authority();

    /** Whether the client speaks TLS, with this server or with a trusted proxy. */
    boolean isSecure();

    /** The client's IP address, as far as trusted proxies tell. */
    String clientAddress();

    Content content();
}
