package customerservice.api;

import customerservice.api.json.JsonOutput;
import customerservice.metrics.HttpMetrics;
import io.helidon.http.DirectHandler;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;
import java.util.Arrays;
import java.util.List;

/**
 * Answers what never becomes a request: malformed HTTP, and heads and bodies above the limits. The connection is closed
 * afterwards, since nobody knows where the next request would begin.
 */
final class TransportErrors implements DirectHandler {

    private static final List<Field> STANDING = List.of(
            Field.NO_SNIFF, Field.NO_REFERRER, Field.NOTHING_RUNS, Field.NO_STORE);

    private final Resource unmatched;
    private final HttpMetrics metrics;
    private final AccessLog accessLog;
    private final RequestIds requestIds;

    TransportErrors(RouteTable routes, HttpMetrics metrics, AccessLog accessLog, RequestIds requestIds) {
        this.unmatched = routes.unmatched();
        this.metrics = metrics;
        this.accessLog = accessLog;
        this.requestIds = requestIds;
    }

    DirectHandlers forEveryEvent() {
        DirectHandlers.Builder handlers = DirectHandlers.builder();
        for (EventType event : EventType.values()) {
            handlers.addHandler(event, this);
        }
        return handlers.build();
    }

    @Override
    public TransportResponse handle(
            TransportRequest request,
            EventType event,
            Status status,
            ServerResponseHeaders headers,
            String message) {
        HttpConnection connection = HttpConnection.ofThread();
        if (connection != null) {
            connection.lingerBeforeClose();
        }
        Problem problem = Problem.ofStatus(status.code());
        String requestId = requestId(request.headers());
        var out = new JsonOutput(0);
        problem.write("", List.of(), requestId, out);
        // Whatever the client sent in place of a method is neither a label nor fit for a log.
        metrics.started();
        metrics.ended();
        unmatched.timer(HttpMethod.OTHER).observe(problem.status(), 0);
        if (accessLog.enabled()) {
            accessLog.record(
                    new AccessEntry(
                            HttpMethod.OTHER.label(),
                            unmatched.template(),
                            "",
                            problem.status(),
                            0,
                            out.length(),
                            requestId,
                            "",
                            "",
                            connection == null ? "" : connection.clientAddress(request.headers())));
        }
        for (Field field : STANDING) {
            headers.set(field.header());
        }
        if (connection != null && connection.isSecure(request.headers())) {
            headers.set(Field.TLS_ONLY.header());
        }
        return TransportResponse.builder()
                .status(Status.create(problem.status()))
                .headers(headers)
                .header(Field.PROBLEM_JSON.header())
                .header(FieldName.REQUEST_ID.with(requestId))
                .keepAlive(false)
                .entity(Arrays.copyOf(out.array(), out.length()))
                .build();
    }

    private String requestId(ServerRequestHeaders headers) {
        if (headers.contains(Dispatcher.REQUEST_ID)) {
            String id = headers.get(Dispatcher.REQUEST_ID).get();
            if (RequestIds.isValid(id)) {
                return id;
            }
        }
        return requestIds.next();
    }
}
