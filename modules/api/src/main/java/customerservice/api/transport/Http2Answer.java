package customerservice.api.transport;

import customerservice.api.http.Answer;
import customerservice.api.http.Field;
import customerservice.api.http.FieldName;
import customerservice.api.json.JsonOutput;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.RoutingResponse;

/** An HTTP/2 answer; the server's own response makes the frames. */
public final class Http2Answer extends Answer {

    private static final byte[] NOTHING = {};

    private final RoutingResponse response;

    public Http2Answer(RoutingResponse response) {
        super(new JsonOutput(0));
        this.response = response;
    }

    @Override
    protected void add(Field field) {
        response.headers().add(field.header());
    }

    @Override
    public void field(FieldName name, String value) {
        response.headers().add(name.with(value));
    }

    @Override
    protected void clearFields() {
        response.headers().clear();
    }

    @Override
    protected boolean isSent() {
        return response.isSent();
    }

    /** A connection carries other requests as well, and its field may not be sent (RFC 9113, section 8.2.2). */
    @Override
    public void closeConnection() {}

    @Override
    protected void send(int status, JsonOutput body, boolean bodyless) {
        send(status, body.array(), body.start(), body.length(), bodyless);
    }

    @Override
    protected void send(int status) {
        send(status, NOTHING, 0, 0, false);
    }

    @Override
    protected void send(int status, byte[] body, int from, int length, boolean bodyless) {
        response.status(Status.create(status));
        if (bodyless) {
            response.header(HeaderValues.create(HeaderNames.CONTENT_LENGTH, Integer.toString(length)));
            response.send(NOTHING);
        } else {
            response.send(body, from, length);
        }
    }
}
