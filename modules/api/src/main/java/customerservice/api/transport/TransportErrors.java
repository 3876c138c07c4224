package customerservice.api.transport;

import customerservice.api.http.AccessEntry;
import customerservice.api.http.AccessLog;
import customerservice.api.http.Field;
import customerservice.api.http.FieldName;
import customerservice.api.http.HttpMethod;
import customerservice.api.http.PathTemplate;
import customerservice.api.http.Problem;
import customerservice.api.http.RequestIds;
import customerservice.api.http.RouteTable;
import customerservice.api.http.TraceContext;
import customerservice.api.json.JsonOutput;
import customerservice.metrics.HttpMetrics;
import io.helidon.http.DirectHandler;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;
import java.util.Arrays;
import java.util.List;

/** Answers what never becomes a request of HTTP/2. */
public final class TransportErrors implements DirectHandler {

    private static final List<Field> STANDING = List.of(
            Field.NO_SNIFF, Field.NO_REFERRER, Field.NOTHING_RUNS, Field.NO_STORE);

    private final PathTemplate unmatched;
    private final HttpMetrics metrics;
    private final AccessLog accessLog;
    private final RequestIds requestIds;

    public TransportErrors(RouteTable routes, HttpMetrics metrics, AccessLog accessLog, RequestIds requestIds) {
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
        Problem problem = Problem.ofStatus(status.code());
        String requestId = requestIds.of(new HelidonFields(request.headers()));
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
                            TraceContext.NONE,
                            "",
                            ""));
        }
        for (Field field : STANDING) {
            headers.set(field.header());
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
}
