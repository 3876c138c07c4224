package customerservice.api.transport.http2.exchange;

import customerservice.api.http.Answer;
import customerservice.api.http.message.Field;
import customerservice.api.http.message.FieldName;
import customerservice.api.json.JsonOutput;
import customerservice.api.transport.hpack.HpackEncoder;
import customerservice.api.transport.http2.Http2Connection;
import customerservice.api.transport.http2.Http2Stream;
import io.helidon.http.DateTime;

/** An HTTP/2 answer as a header block and its content. */
final class Http2Answer extends Answer {

    private static final byte[] NOTHING = {};
    private static final int USUAL_HEAD = 512;

    /** Room for status, date and length. */
    private static final int OWN_FIELDS = 64;

    private final Http2Stream stream;
    private final Http2Connection connection;
    private final HpackEncoder fields = new HpackEncoder(USUAL_HEAD);
    private boolean sent;

    Http2Answer(Http2Stream stream, Http2Connection connection) {
        super(new JsonOutput(0));
        this.stream = stream;
        this.connection = connection;
    }

    @Override
    protected void add(Field field) {
        fields.field(field.name(), field.value());
    }

    @Override
    public void field(FieldName name, String value) {
        fields.field(name.lowerCase(), value);
    }

    @Override
    protected void clearFields() {
        fields.clear();
    }

    @Override
    protected boolean isSent() {
        return sent;
    }

    /** A connection carries other requests as well: they go on, but the next ones are to go elsewhere. */
    @Override
    public void closeConnection() {
        connection.announceEnd();
    }

    @Override
    protected void send(int status, byte[] body, int from, int length, boolean bodyless) {
        sent = true;
        HpackEncoder head = head(status).field("content-length", Integer.toString(length));
        stream.respond(head, body, from, bodyless ? 0 : length);
    }

    @Override
    protected void send(int status, JsonOutput body, boolean bodyless) {
        send(status, body.array(), body.start(), body.length(), bodyless);
    }

    /** Without the content-length of 0 that RFC 9110 (section 8.6) forbids for 204 and 304. */
    @Override
    protected void send(int status) {
        sent = true;
        stream.respond(head(status), NOTHING, 0, 0);
    }

    /** The status has to come first. */
    private HpackEncoder head(int status) {
        return new HpackEncoder(fields.length() + OWN_FIELDS)
                .status(status)
                .field("date", DateTime.rfc1123String())
                .fields(fields);
    }
}
