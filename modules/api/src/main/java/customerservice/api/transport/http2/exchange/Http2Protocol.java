package customerservice.api.transport.http2.exchange;

import customerservice.api.http.RequestHandler;
import customerservice.api.http.capacity.ByteBudget;
import customerservice.api.http.message.ProblemException;
import customerservice.api.transport.http2.Http2Connection;
import customerservice.api.transport.http2.Http2Stream;
import customerservice.api.transport.http2.MessageHead;
import customerservice.api.transport.http2.PeerTimeouts;
import customerservice.api.transport.protocol.ClientConnection;
import customerservice.api.transport.protocol.ConnectionSettings;
import customerservice.api.transport.protocol.HttpProtocol;
import customerservice.api.transport.protocol.ReceivedRequest;
import customerservice.api.transport.syntax.RequestHead;
import io.helidon.common.concurrency.limits.Limit;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

/** Serves the requests of one HTTP/2 connection, many at once. */
public final class Http2Protocol implements HttpProtocol {

    private final ClientConnection connection;
    private final RequestHandler handler;
    private final ConnectionSettings settings;
    private final Http2Connection http2;

    /**
     * @param budget of what clients have sent in parts, over all connections
     * @param draining whether the server is about to stop
     * @param executor runs each request on a thread of its own
     * @param first what has been read of the connection
     */
    public Http2Protocol(
            ClientConnection connection,
            RequestHandler handler,
            ConnectionSettings settings,
            ByteBudget budget,
            BooleanSupplier draining,
            Executor executor,
            byte[] first) {
        this.connection = connection;
        this.handler = handler;
        this.settings = settings;
        this.http2 = new Http2Connection(
                first,
                connection::read,
                connection::write,
                executor,
                this::serve,
                budget,
                draining,
                new PeerTimeouts(
                        Duration.ofNanos(settings.headNanos()), Duration.ofNanos(settings.answerNanos())));
    }

    @Override
    public void serve(Limit limit) {
        http2.serve();
    }

    private void serve(Http2Stream stream) {
        MessageHead message = stream.head();
        var fields = new Http2Fields(message.fields());
        var content = new Http2Content(stream, fields, settings.bodyNanos());
        var answer = new Http2Answer(stream, http2);
        RequestHead head;
        try {
            head = Http2RequestHead.of(message, fields);
        } catch (ProblemException e) {
            handler.refuse(received(RequestHead.UNKNOWN, fields, content), answer, e);
            return;
        }
        handler.handle(received(head, fields, content), answer);
    }

    private ReceivedRequest received(RequestHead head, Http2Fields fields, Http2Content content) {
        return new ReceivedRequest(connection, head, fields, head.authority(), content);
    }

    @Override
    public boolean endIfWaiting(long now, long atLeastNanos) {
        return http2.endIfWaiting(now, atLeastNanos);
    }

    @Override
    public boolean endIfLate(long now) {
        return http2.isLate(now);
    }

    @Override
    public void end() {
        http2.end();
    }
}
