package customerservice.api.transport.http2.exchange;

import customerservice.api.http.Content;
import customerservice.api.http.Request;
import customerservice.api.http.RequestFields;
import customerservice.api.transport.protocol.ClientConnection;
import customerservice.api.transport.syntax.RequestHead;

/** A request of HTTP/2. */
record Http2Request(ClientConnection connection, RequestHead head, RequestFields fields, Content content)
        implements
            Request {

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
    public String authority() {
        return head.authority();
    }

    @Override
    public boolean isSecure() {
        return connection.isSecure(fields);
    }

    @Override
    public String clientAddress() {
        return connection.clientAddress(fields);
    }
}
