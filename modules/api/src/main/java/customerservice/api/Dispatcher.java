package customerservice.api;

import customerservice.api.caller.Cors;
import customerservice.api.http.Answer;
import customerservice.api.http.AnswerFields;
import customerservice.api.http.Exchange;
import customerservice.api.http.PathTemplate;
import customerservice.api.http.Request;
import customerservice.api.http.RequestBody;
import customerservice.api.http.RequestHandler;
import customerservice.api.http.Route;
import customerservice.api.http.RouteTable;
import customerservice.api.http.capacity.Drain;
import customerservice.api.http.message.ConnectionLostException;
import customerservice.api.http.message.FieldName;
import customerservice.api.http.message.HttpMethod;
import customerservice.api.http.message.Problem;
import customerservice.api.http.message.ProblemException;
import customerservice.api.http.trace.AccessEntry;
import customerservice.api.http.trace.AccessLog;
import customerservice.api.http.trace.CurrentRequest;
import customerservice.api.http.trace.RequestIds;
import customerservice.api.http.trace.TraceContext;
import customerservice.domain.Caller;
import customerservice.metrics.HttpMetrics;
import io.helidon.http.HeaderNames;

/**
 * The one way in for every request of a listener: names it, finds its route, sheds it or lets it in, checks the token,
 * has it answered, and tells the metrics and the access log how it went.
 */
final class Dispatcher implements RequestHandler {

    /** The client went before it had its answer; only for logs and metrics, no client sees it. */
    private static final int CLIENT_CLOSED_REQUEST = 499;

    /** Of a method that nobody knows, for the log. */
    private static final int MAX_METHOD = 32;

    private final RouteTable routes;
    private final RequestBody body;
    private final Admission admission;
    private final Drain drain;
    private final HttpMetrics metrics;
    private final AccessLog accessLog;
    private final RequestIds requestIds;
    private final Cors cors;
    private final AnswerFields standing;

    Dispatcher(
            RouteTable routes,
            RequestBody body,
            Admission admission,
            Drain drain,
            HttpMetrics metrics,
            AccessLog accessLog,
            RequestIds requestIds,
            Cors cors) {
        this.routes = routes;
        this.body = body;
        this.admission = admission;
        this.drain = drain;
        this.metrics = metrics;
        this.accessLog = accessLog;
        this.requestIds = requestIds;
        this.cors = cors;
        this.standing = this::addStanding;
    }

    /** As late as that: a drain may have begun since the request came. */
    private void addStanding(Exchange exchange) {
        cors.addTo(exchange);
        if (drain.hasBegun()) {
            exchange.answer().closeConnection();
        }
    }

    @Override
    public void handle(Request request, Answer answer) {
        PathTemplate resource = routes.find(request.path());
        serve(request, answer, resource == null ? routes.unmatched() : resource, null);
    }

    @Override
    public void refuse(Request request, Answer answer, ProblemException refusal) {
        serve(request, answer, routes.unmatched(), refusal);
    }

    /** @param refusal null if there is no reason for one yet */
    private void serve(Request request, Answer answer, PathTemplate resource, ProblemException refusal) {
        long begin = System.nanoTime();
        metrics.started();
        TraceContext trace = TraceContext.of(request.fields());
        var exchange = new Exchange(request, answer, resource, requestIds.of(request.fields()), body, standing);
        CurrentRequest current = CurrentRequest.ofThread();
        current.begin(exchange.requestId(), trace);
        int status = CLIENT_CLOSED_REQUEST;
        try {
            answer(exchange, refusal);
            status = exchange.status();
        } finally {
            long nanos = System.nanoTime() - begin;
            metrics.ended();
            resource.timer(exchange.method()).observe(status, nanos);
            log(exchange, status, nanos, trace, request);
            current.end();
        }
    }

    private void answer(Exchange exchange, ProblemException refusal) {
        try {
            if (refusal != null) {
                throw refusal;
            }
            dispatch(exchange);
        } catch (ConnectionLostException e) {
            throw e;
        } catch (RuntimeException | Error e) {
            if (exchange.isAnswered()) {
                throw e;
            }
            Errors.answer(exchange, e);
        }
    }

    private void dispatch(Exchange exchange) {
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
        if (!admission.slots().tryAcquire()) {
            throw new ProblemException(Problem.OVERLOADED, "");
        }
        exchange.occupies(admission.slots());
        try {
            handle(route, exchange);
        } finally {
            exchange.leaves();
        }
    }

    private void handle(Route route, Exchange exchange) {
        admission.check(route, exchange);
        if (exchange.method() == HttpMethod.PUT && !exchange.field(HeaderNames.CONTENT_RANGE).isEmpty()) {
            // RFC 9110, section 14.5: a part must not be taken for the whole.
            throw ProblemException.header("Content-Range", "must not come with PUT");
        }
        route.handler().handle(exchange);
    }

    private void log(Exchange exchange, int status, long nanos, TraceContext trace, Request request) {
        if (accessLog.enabled() && !isProbe(exchange, status)) {
            accessLog.record(
                    new AccessEntry(
                            method(request.method()),
                            exchange.resource().template(),
                            exchange.path(),
                            status,
                            nanos,
                            exchange.bytes(),
                            new Caller(exchange.principalId(), exchange.requestId(), exchange.clientAddress()),
                            trace));
        }
    }

    private static String method(String name) {
        if (name.isEmpty()) {
            return HttpMethod.OTHER.label();
        }
        return name.length() > MAX_METHOD ? name.substring(0, MAX_METHOD) : name;
    }

    /** One every few seconds for ever, of which nobody wants to know but when it finds something. */
    private static boolean isProbe(Exchange exchange, int status) {
        Route route = exchange.resource().route(exchange.method());
        return status < 400 && route != null && !route.shed();
    }
}
