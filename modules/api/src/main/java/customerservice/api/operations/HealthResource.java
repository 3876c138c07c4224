package customerservice.api.operations;

import static customerservice.api.json.JsonOutput.ascii;

import customerservice.api.http.Answer;
import customerservice.api.http.Exchange;
import customerservice.api.http.Route;
import customerservice.api.http.capacity.Drain;
import customerservice.api.http.capacity.RequestSlots;
import customerservice.api.http.message.Field;
import customerservice.api.http.message.HttpMethod;
import customerservice.api.json.JsonOutput;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** Health, for load balancers, alerts and people. */
public final class HealthResource {

    private static final byte[] UP = ascii("{\"status\":\"UP\",\"checks\":[");
    private static final byte[] DOWN = ascii("{\"status\":\"DOWN\",\"checks\":[");
    private static final byte[] NAME = ascii("{\"name\":");
    private static final byte[] STATUS = ascii(",\"status\":");
    private static final byte[] DETAIL = ascii(",\"detail\":");
    private static final byte[] END = ascii("]}");
    private static final long DEEP_GOOD_FOR_MILLIS = 1_000;

    private final HealthReport report;
    private final Drain drain;
    private final RequestSlots slots;
    private final Clock clock;
    private final Object deepLock = new Object();
    private List<HealthCheck> deep = List.of();
    private long deepAt = Long.MIN_VALUE / 2;

    public HealthResource(HealthReport report, Drain drain, RequestSlots slots, Clock clock) {
        this.report = report;
        this.drain = drain;
        this.slots = slots;
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(
                Route.unshed(HttpMethod.GET, "/health/live", exchange -> send(exchange, List.of())),
                Route.unshed(HttpMethod.GET, "/health/ready", exchange -> send(exchange, ready())),
                Route.unshed(HttpMethod.GET, "/health/deep", exchange -> send(exchange, deep())));
    }

    private List<HealthCheck> ready() {
        List<HealthCheck> checks = new ArrayList<>();
        boolean draining = drain.hasBegun();
        checks.add(new HealthCheck("accepting-requests", !draining, draining ? "draining" : ""));
        checks.add(slots());
        checks.addAll(report.ready());
        return checks;
    }

    private HealthCheck slots() {
        boolean stuck = slots.areStuck();
        return new HealthCheck("request-slots", !stuck, stuck ? "all are taken, and none comes back" : "");
    }

    private List<HealthCheck> deep() {
        List<HealthCheck> checks = new ArrayList<>();
        checks.add(slots());
        checks.addAll(reported());
        return checks;
    }

    /** Anybody may ask, so the asking must not become load: one look at a time, good for a second. */
    private List<HealthCheck> reported() {
        synchronized (deepLock) {
            long now = clock.millis();
            if (now - deepAt >= DEEP_GOOD_FOR_MILLIS || now < deepAt) {
                deep = List.copyOf(report.deep());
                deepAt = clock.millis();
            }
            return deep;
        }
    }

    private static void send(Exchange exchange, List<HealthCheck> checks) {
        boolean up = true;
        for (HealthCheck check : checks) {
            up &= check.up();
        }
        Answer answer = exchange.answer();
        answer.field(Field.JSON);
        answer.field(Field.NO_STORE);
        JsonOutput out = answer.json().raw(up ? UP : DOWN);
        for (int i = 0; i < checks.size(); i++) {
            HealthCheck check = checks.get(i);
            if (i > 0) {
                out.raw(',');
            }
            out.raw(NAME).string(check.name()).raw(STATUS).string(check.up() ? "UP" : "DOWN");
            if (!check.detail().isEmpty()) {
                out.raw(DETAIL).string(check.detail());
            }
            out.raw('}');
        }
        exchange.send(up ? 200 : 503, out.raw(END));
    }
}
