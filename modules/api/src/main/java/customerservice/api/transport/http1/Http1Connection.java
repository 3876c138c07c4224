package customerservice.api.transport.http1;

import customerservice.api.http.RequestHandler;
import customerservice.api.http.capacity.ByteBudget;
import customerservice.api.http.message.ConnectionLostException;
import customerservice.api.http.message.ProblemException;
import customerservice.api.json.JsonOutput;
import customerservice.api.transport.protocol.ClientConnection;
import customerservice.api.transport.protocol.ConnectionSettings;
import customerservice.api.transport.protocol.HttpProtocol;
import customerservice.api.transport.protocol.ReceivedRequest;
import customerservice.api.transport.syntax.RequestHead;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.http.HeaderNames;

/**
 * Serves the requests of one HTTP/1.1 connection, one after the other. After an answer the next request begins where the
 * body of the last one ends; where that is not known, or too far away, the connection ends (RFC 9112, section 9.3).
 */
public final class Http1Connection implements HttpProtocol {

    private static final byte[] CONTINUE = JsonOutput.ascii("HTTP/1.1 100 Continue\r\n\r\n");
    private static final String CONNECT = "CONNECT";

    /** After the last answer: what a client may still send, and for how long, before the connection is closed. */
    private static final int MAX_LINGERING_BYTES = 32 * 1_024 * 1_024;
    private static final long LINGERING_NANOS = 2_000_000_000L;

    /** With its head; longer ones are still under way when they have been written. */
    private static final int SHORT_ANSWER = 16 * 1_024;

    private final ClientConnection connection;
    private final RequestHandler handler;
    private final ConnectionSettings settings;
    private final ConnectionPhase phase;
    private final ConnectionInput input;
    private final RequestHeadParser parser;
    private final Http1Answer answer;

    private Http1Body body;
    private boolean waiting;
    private boolean continuing;

    /** Of the last answer. */
    private long written;
    private long allowedNanos;
    private long deadline;

    /**
     * @param budget of all connections, for what has come of requests in parts
     * @param first what has been read of the connection
     */
    public Http1Connection(
            ClientConnection connection,
            RequestHandler handler,
            ConnectionSettings settings,
            ConnectionPhase phase,
            ByteBudget budget,
            byte[] first) {
        this.connection = connection;
        this.handler = handler;
        this.settings = settings;
        this.phase = phase;
        this.input = new ConnectionInput(first, this::read, budget);
        this.parser = new RequestHeadParser(budget);
        this.answer = new Http1Answer(this);
    }

    @Override
    public void serve(Limit limit) {
        try {
            boolean more = true;
            while (more && requestBegins()) {
                more = serveRequest();
            }
            if (!more && !endsAtOnce()) {
                linger();
            }
        } finally {
            forget();
        }
    }

    /**
     * Over TLS the client is told of the end by the close only, and some wait for it. A short answer has arrived by then, if
     * nothing is known to come that has not been read.
     */
    private boolean endsAtOnce() {
        return connection.isSecure()
                && body != null
                && body.isRead()
                && input.available() == 0
                && written <= SHORT_ANSWER;
    }

    /**
     * Reads on for a moment and throws away. A socket closed with data unread is reset, and a reset can overtake the
     * answer (RFC 9112, section 9.6).
     */
    private void linger() {
        connection.endOutput();
        forget();
        long until = System.nanoTime() + LINGERING_NANOS;
        int left = MAX_LINGERING_BYTES;
        while (left > 0 && phase.lingers(until)) {
            byte[] piece = connection.read();
            if (piece == null) {
                return;
            }
            left -= piece.length;
        }
    }

    /** While nothing is asked, nothing is held of what was. */
    private void forget() {
        parser.clear();
        input.clear();
    }

    private boolean requestBegins() {
        continuing = false;
        if (input.available() == 0) {
            forget();
            waiting = true;
            boolean begun = phase.waits(System.nanoTime()) && input.more();
            waiting = false;
            if (!begun) {
                return false;
            }
        }
        allow(settings.headNanos());
        return phase.serves();
    }

    /** False if it was the last. */
    private boolean serveRequest() {
        RequestHead head;
        try {
            head = parser.parse(input);
            body = Http1Body.of(input, BodyFraming.of(parser.fields(), head.minor()));
        } catch (ProblemException e) {
            body = null;
            answer.begin(1, true);
            handler.refuse(received(RequestHead.UNKNOWN, body), answer, e);
            return false;
        }
        allow(settings.bodyNanos());
        continuing = head.minor() > 0 && expectsContinue() && !body.isRead();
        answer.begin(head.minor(), !keepsAlive(head));
        written = 0;
        handler.handle(received(head, body), answer);
        return !answer.isClosing() && skipBody();
    }

    private ReceivedRequest received(RequestHead head, Http1Body body) {
        HeadFields fields = parser.fields();
        // That of the target is preferred (RFC 9112, section 3.2.2).
        String authority = head.authority().isEmpty() ? fields.get(HeaderNames.HOST) : head.authority();
        return new ReceivedRequest(connection, head, fields, authority, body);
    }

    /** Allows the peer so much time for what it sends next, from when it is waited for. */
    private void allow(long nanos) {
        allowedNanos = nanos;
        deadline = 0;
    }

    /** Reads, waiting for the peer no longer than it may take; called by {@link #input}. */
    private byte[] read() {
        if (waiting) {
            return connection.read();
        }
        if (continuing) {
            continuing = false;
            write(CONTINUE, 0, CONTINUE.length);
        }
        if (deadline == 0) {
            deadline = System.nanoTime() + allowedNanos;
        }
        if (!phase.reads(deadline)) {
            throw new ConnectionLostException();
        }
        byte[] piece = connection.read();
        if (!phase.serves()) {
            throw new ConnectionLostException();
        }
        return piece;
    }

    void write(byte[] bytes, int from, int length) {
        written += length;
        connection.write(bytes, from, length);
    }

    /** The same, with a head before. */
    void write(byte[] head, int headLength, byte[] body, int from, int length) {
        written += headLength + length;
        connection.write(head, headLength, body, from, length);
    }

    /** Whether another request can follow the answer that is being given. */
    boolean canGoOn() {
        return body != null && (body.isRead() || (!continuing && body.endsWithin(settings.maxBodyBytes())));
    }

    private boolean skipBody() {
        parser.clear();
        allow(settings.bodyNanos());
        try {
            body.skip(settings.maxBodyBytes());
            return true;
        } catch (ProblemException e) {
            return false;
        }
    }

    private boolean expectsContinue() {
        return parser.fields().get(HeaderNames.EXPECT).equalsIgnoreCase("100-continue");
    }

    /** RFC 9112, section 9.3. */
    private boolean keepsAlive(RequestHead head) {
        String options = parser.fields().get(HeaderNames.CONNECTION);
        if (head.method().equals(CONNECT) || TokenList.contains(options, "close")) {
            return false;
        }
        return head.minor() > 0 || TokenList.contains(options, "keep-alive");
    }

    @Override
    public boolean endIfWaiting(long now, long atLeastNanos) {
        return phase.closeIfWaiting(now, atLeastNanos);
    }

    @Override
    public boolean endIfLate(long now) {
        return phase.closeIfLate(now);
    }

    @Override
    public void end() {
        phase.close();
    }
}
