package customerservice.api;

import customerservice.api.caller.BearerToken;
import customerservice.api.caller.Cors;
import customerservice.api.caller.RateLimits;
import customerservice.api.http.Access;
import customerservice.api.http.AccessEntry;
import customerservice.api.http.AccessLog;
import customerservice.api.http.Answer;
import customerservice.api.http.CurrentRequest;
import customerservice.api.http.Drain;
import customerservice.api.http.Exchange;
import customerservice.api.http.FieldName;
import customerservice.api.http.HttpMethod;
import customerservice.api.http.PathTemplate;
import customerservice.api.http.Problem;
import customerservice.api.http.ProblemException;
import customerservice.api.http.RequestBody;
import customerservice.api.http.RequestIds;
import customerservice.api.http.RequestSlots;
import customerservice.api.http.Route;
import customerservice.api.http.RouteTable;
import customerservice.api.http.TraceParent;
import customerservice.api.transport.Http1Answer;
import customerservice.api.transport.Http2Answer;
import customerservice.api.transport.HttpConnection;
import customerservice.api.transport.RoutedContext;
import customerservice.metrics.HttpMetrics;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.HttpSecurity;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;

/**
 * The one way in for every request of a listener: names it, finds its route, sheds it or lets it in, checks the token,
 * has it answered, and tells the metrics and the access log how it went.
 */
final class Dispatcher implements HttpRouting {

    private static final HeaderName TRACEPARENT = HeaderNames.create("traceparent");

    /** A line that begins with its colon, which the server lets pass (RFC 9110, section 5.1: a name is a token). */
    private static final HeaderName NAMELESS = HeaderNames.create("");

    /** The client went before it had its answer; only for logs and metrics, no client sees it. */
    private static final int CLIENT_CLOSED_REQUEST = 499;

    private final RouteTable routes;
    private final BearerToken guard;
    private final RequestBody body;
    private final RequestSlots slots;
    private final Drain drain;
    private final HttpMetrics metrics;
    private final AccessLog accessLog;
    private final RequestIds requestIds;
    private final Cors cors;
    private final RateLimits limits;
    private final HttpSecurity security = HttpSecurity.create();

    Dispatcher(
            RouteTable routes,
            BearerToken guard,
            RequestBody body,
            RequestSlots slots,
            Drain drain,
            HttpMetrics metrics,
            AccessLog accessLog,
            RequestIds requestIds,
            Cors cors,
            RateLimits limits) {
        this.routes = routes;
        this.guard = guard;
        this.body = body;
        this.slots = slots;
        this.drain = drain;
        this.metrics = metrics;
        this.accessLog = accessLog;
        this.requestIds = requestIds;
        this.cors = cors;
        this.limits = limits;
    }

    @Override
    public HttpSecurity security() {
        return security;
    }

    @Override
    public void route(ConnectionContext context, RoutingRequest request, RoutingResponse response) {
        long begin = System.nanoTime();
        HttpConnection connection = ((RoutedContext) context).connection();
        if (!connection.begin()) {
            throw new CloseConnectionException("Closed while it was waiting");
        }
        metrics.started();
        String traceId = traceId(request);
        Exchange exchange = exchange(request, response, connection);
        CurrentRequest current = CurrentRequest.ofThread();
        current.begin(exchange.requestId(), traceId);
        int status = CLIENT_CLOSED_REQUEST;
        try {
            serve(exchange, request);
            status = exchange.status();
            if (exchange.answer() instanceof Http1Answer answer && !answer.isClosing()) {
                // The server would do so as well, but answer a second time where that fails.
                body.skip(request, connection);
            }
        } finally {
            long nanos = System.nanoTime() - begin;
            metrics.ended();
            exchange.resource().timer(exchange.method()).observe(status, nanos);
            log(exchange, status, nanos, traceId, request);
            current.end();
            connection.end();
        }
    }

    private void serve(Exchange exchange, RoutingRequest request) {
        if (drain.hasBegun() || request.headers().containsToken(HeaderValues.CONNECTION_CLOSE)) {
            exchange.answer().closeConnection();
        }
        try {
            dispatch(exchange, request);
        } catch (CloseConnectionException e) {
            throw e;
        } catch (RuntimeException | Error e) {
            if (exchange.isAnswered()) {
                throw e;
            }
            Errors.answer(exchange, e);
        }
    }

    private void dispatch(Exchange exchange, RoutingRequest request) {
        if (request.headers().contains(NAMELESS)) {
            exchange.answer().closeConnection();
            throw new ProblemException(Problem.MALFORMED_REQUEST, "A header field has no name.");
        }
        PathTemplate resource = exchange.resource();
        if (resource == routes.unmatched()) {
            throw new ProblemException(Problem.NOT_FOUND, "There is nothing at this path.");
        }
        Route route = resource.route(exchange.method());
        if (route == null) {
            exchange.answer().field(FieldName.ALLOW, resource.allow());
            if (exchange.method() == HttpMethod.OPTIONS) {
                cors.preflight(exchange);
                exchange.send(204);
                return;
            }
            throw new ProblemException(Problem.METHOD_NOT_ALLOWED, "Allowed are " + resource.allow() + ".");
        }
        if (!route.shed()) {
            handle(route, exchange);
            return;
        }
        if (!slots.tryAcquire()) {
            exchange.answer().field(FieldName.RETRY_AFTER, "1");
            throw new ProblemException(Problem.OVERLOADED, "");
        }
        try {
            handle(route, exchange);
        } finally {
            slots.release();
        }
    }

    private void handle(Route route, Exchange exchange) {
        if (!(route.access() instanceof Access.Public)) {
            guard.authenticate(exchange);
        }
        limits.take(route.rate(), exchange);
        switch (route.access()) {
            case Access.Public _ -> {
            }
            case Access.Scoped scoped -> guard.authorize(exchange, scoped.scope());
            case Access.OwnOrScoped own -> guard.authorizeUnlessOwn(exchange, own.scope());
        }
        route.handler().handle(exchange);
    }

    private Exchange exchange(RoutingRequest request, RoutingResponse response, HttpConnection connection) {
        String path = request.prologue().uriPath().rawPath();
        boolean http1 = connection == HttpConnection.ofThread();
        Answer answer;
        if (http1) {
            Http1Answer reused = connection.http1Answer();
            reused.begin(request, response);
            answer = reused;
        } else {
            answer = new Http2Answer(response);
        }
        var exchange = new Exchange(
                request,
                connection,
                answer,
                HttpMethod.of(request.prologue().method().text()),
                path,
                requestIds.of(request.headers()),
                body,
                cors);
        PathTemplate resource = routes.find(path);
        exchange.resource(resource == null ? routes.unmatched() : resource);
        return exchange;
    }

    private static String traceId(RoutingRequest request) {
        return request.headers().contains(TRACEPARENT)
                ? TraceParent.traceId(request.headers().get(TRACEPARENT).get())
                : "";
    }

    private void log(Exchange exchange, int status, long nanos, String traceId, RoutingRequest request) {
        if (accessLog.enabled() && !isProbe(exchange, status)) {
            accessLog.record(
                    new AccessEntry(
                            request.prologue().method().text(),
                            exchange.resource().template(),
                            exchange.path(),
                            status,
                            nanos,
                            exchange.bytes(),
                            exchange.requestId(),
                            traceId,
                            exchange.principalId(),
                            exchange.clientAddress()));
        }
    }

    /** One every few seconds for ever, of which nobody wants to know but when it finds something. */
    private static boolean isProbe(Exchange exchange, int status) {
        Route route = exchange.resource().route(exchange.method());
        return status < 400 && route != null && !route.shed();
    }
}
