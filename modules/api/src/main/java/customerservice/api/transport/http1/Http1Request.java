package customerservice.api.transport.http1;

import customerservice.api.http.Content;
import customerservice.api.http.Request;
import customerservice.api.http.RequestFields;
import customerservice.api.transport.protocol.ClientConnection;
import customerservice.api.transport.syntax.RequestHead;
import io.helidon.http.HeaderNames;

/** A request of HTTP/1.1 or 1.0. */
final class Http1Request implements Request {

    private final ClientConnection connection;
    private final RequestHead head;
    private final HeadFields fields;
    private final Http1Body body;

    Http1Request(ClientConnection connection, RequestHead head, HeadFields fields, Http1Body body) {
        this.connection = connection;
        this.head = head;
        this.fields = fields;
        this.body = body;
    }

    @Override
    public String method() {
        return head.method();
    }

    @Override
    public String path() {
        return head.path();
    }

    @Override
    public String query() {
        return head.query();
    }

    @Override
    public RequestFields fields() {
        return fields;
    }

    /** That of the target is preferred (RFC 9112, section 3.2.2). */
    @Override
    public String authority() {
        return head.authority().isEmpty() ? fields.get(HeaderNames.HOST) : head.authority();
    }

    @Override
    public boolean isSecure() {
        return connection.isSecure(fields);
    }

    @Override
    public String clientAddress() {
        return connection.clientAddress(fields);
    }

    @Override
    public Content content() {
        return body;
    }
}
