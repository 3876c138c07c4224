package customerservice.api.transport.protocol;

import customerservice.api.http.Request;
import customerservice.api.http.message.Content;
import customerservice.api.http.message.RequestFields;
import customerservice.api.transport.syntax.RequestHead;

/**
 * A request as a connection has received it, of any protocol.
 *
 * @param authority of the target, or of the Host field; empty if there is none
 */
public record ReceivedRequest(
        ClientConnection connection,
        RequestHead head,
        RequestFields fields,
        String authority,
        Content content)
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
    public boolean isSecure() {
        return connection.isSecure(fields);
    }

    @Override
    public String clientAddress() {
        return connection.clientAddress(fields);
    }
}
