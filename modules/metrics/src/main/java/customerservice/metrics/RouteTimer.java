package customerservice.metrics;

import io.prometheus.client.Histogram;

/** Takes the durations of one route's requests, without allocating once a status has been seen. */
public final class RouteTimer {

    private static final int FIRST_STATUS = 100;
    private static final int LAST_STATUS = 599;
    private static final double NANOS_PER_SECOND = 1e9;

    private final Histogram durations;
    private final String method;
    private final String template;

    /**
     * By status; filled as statuses come, made with the first. Two threads may both make one or fill a place: they find
     * the same children.
     */
    private Histogram.Child[] children;

    RouteTimer(Histogram durations, String method, String template) {
        this.durations = durations;
        this.method = method;
        this.template = template;
    }

    /**
     * @param status of the answer, 100 to 599
     * @param nanos from the request's first line to the answer's end
     */
    public void observe(int status, long nanos) {
        Histogram.Child[] known = children;
        if (known == null) {
            known = new Histogram.Child[LAST_STATUS - FIRST_STATUS + 1];
            children = known;
        }
        Histogram.Child child = known[status - FIRST_STATUS];
        if (child == null) {
            child = durations.labels(method, template, Integer.toString(status));
            known[status - FIRST_STATUS] = child;
        }
        child.observe(nanos / NANOS_PER_SECOND);
    }
}
