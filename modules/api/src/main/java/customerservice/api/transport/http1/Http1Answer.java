package customerservice.api.transport.http1;

import customerservice.api.http.Answer;
import customerservice.api.http.message.Field;
import customerservice.api.http.message.FieldName;
import customerservice.api.json.JsonOutput;
import io.helidon.http.DateTime;
import io.helidon.http.Status;
import java.util.Arrays;

/**
 * An HTTP/1.1 answer as bytes, head and body in one write where it is short. One for each connection, used for its answers
 * one after the other.
 */
final class Http1Answer extends Answer {

    private static final byte[] DATE = JsonOutput.ascii("Date: ");
    private static final byte[] CONTENT_LENGTH = JsonOutput.ascii("Content-Length: ");
    private static final byte[] KEEP_ALIVE = JsonOutput.ascii("Connection: keep-alive\r\n");
    private static final int INITIAL_HEAD = 512;

    /** What a connection may keep for its next answer; a list's links, with a long query in each, take more. */
    private static final int KEPT_HEAD = 2_048;

    /** Status lines by status, filled as they are needed. */
    private static final byte[][] STATUS_LINES = new byte[600][];

    private final Http1Connection connection;

    private byte[] fields = new byte[INITIAL_HEAD];
    private byte[] head = new byte[INITIAL_HEAD];
    private int fieldsEnd;
    private int headEnd;
    private int minor;
    private boolean sent;
    private boolean closing;

    Http1Answer(Http1Connection connection) {
        super(new JsonOutput(HEAD_ROOM));
        this.connection = connection;
    }

    /**
     * @param minor of the version of the request
     * @param closing whether it is the connection's last answer for sure
     */
    void begin(int minor, boolean closing) {
        clear();
        this.minor = minor;
        this.closing = closing;
        this.sent = false;
    }

    @Override
    protected void add(Field field) {
        addField(field.line());
    }

    @Override
    public void field(FieldName name, String value) {
        addField(name.prefix());
        int length = value.length();
        ensureFields(length + 2);
        for (int i = 0; i < length; i++) {
            fields[fieldsEnd++] = (byte) value.charAt(i);
        }
        fields[fieldsEnd++] = '\r';
        fields[fieldsEnd++] = '\n';
    }

    @Override
    protected void clearFields() {
        fieldsEnd = 0;
    }

    @Override
    protected boolean isSent() {
        return sent;
    }

    /** Whether the connection ends with this answer. */
    boolean isClosing() {
        return closing;
    }

    @Override
    public void closeConnection() {
        closing = true;
    }

    @Override
    protected void send(int status, byte[] body, int from, int length, boolean bodyless) {
        writeHead(status, length);
        if (bodyless) {
            write(head, 0, headEnd);
        } else {
            writeBoth(body, from, length);
        }
    }

    @Override
    protected void send(int status, JsonOutput body, boolean bodyless) {
        writeHead(status, body.length());
        if (bodyless) {
            write(head, 0, headEnd);
        } else if (headEnd <= body.start()) {
            int start = body.start() - headEnd;
            System.arraycopy(head, 0, body.array(), start, headEnd);
            write(body.array(), start, headEnd + body.length());
        } else {
            writeBoth(body.array(), body.start(), body.length());
        }
    }

    /** Without the Content-Length of 0 that RFC 9110 (section 8.6) forbids for 204 and 304. */
    @Override
    protected void send(int status) {
        writeHead(status, -1);
        write(head, 0, headEnd);
    }

    private void writeHead(int status, int contentLength) {
        closing |= !connection.canGoOn();
        headEnd = 0;
        addHead(statusLine(status));
        addHead(DATE);
        addHead(DateTime.http1Bytes());
        ensureHead(fieldsEnd);
        System.arraycopy(fields, 0, head, headEnd, fieldsEnd);
        headEnd += fieldsEnd;
        if (closing) {
            addHead(Field.CLOSE.line());
        } else if (minor == 0) {
            addHead(KEEP_ALIVE);
        }
        if (contentLength >= 0) {
            addHead(CONTENT_LENGTH);
            addNumber(contentLength);
            head[headEnd++] = '\r';
            head[headEnd++] = '\n';
        }
        ensureHead(2);
        head[headEnd++] = '\r';
        head[headEnd++] = '\n';
    }

    private void write(byte[] bytes, int from, int length) {
        sent = true;
        connection.write(bytes, from, length);
        trim();
    }

    private void writeBoth(byte[] body, int from, int length) {
        sent = true;
        connection.write(head, headEnd, body, from, length);
        trim();
    }

    private void trim() {
        if (head.length > KEPT_HEAD || fields.length > KEPT_HEAD) {
            head = new byte[INITIAL_HEAD];
            fields = new byte[INITIAL_HEAD];
        }
    }

    private static byte[] statusLine(int status) {
        byte[] line = STATUS_LINES[status];
        if (line == null) {
            line = JsonOutput.ascii("HTTP/1.1 " + status + " " + Status.create(status).reasonPhrase() + "\r\n");
            STATUS_LINES[status] = line;
        }
        return line;
    }

    private void addNumber(int value) {
        ensureHead(12);
        int digits = 1;
        for (int rest = value / 10; rest > 0; rest /= 10) {
            digits++;
        }
        int rest = value;
        for (int i = headEnd + digits - 1; i >= headEnd; i--) {
            head[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        headEnd += digits;
    }

    private void addHead(byte[] bytes) {
        ensureHead(bytes.length);
        System.arraycopy(bytes, 0, head, headEnd, bytes.length);
        headEnd += bytes.length;
    }

    private void addField(byte[] bytes) {
        ensureFields(bytes.length);
        System.arraycopy(bytes, 0, fields, fieldsEnd, bytes.length);
        fieldsEnd += bytes.length;
    }

    private void ensureHead(int more) {
        if (head.length - headEnd < more) {
            head = Arrays.copyOf(head, Math.max(headEnd + more, head.length * 2));
        }
    }

    private void ensureFields(int more) {
        if (fields.length - fieldsEnd < more) {
            fields = Arrays.copyOf(fields, Math.max(fieldsEnd + more, fields.length * 2));
        }
    }
}
