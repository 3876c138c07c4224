package customerservice.api.http.trace;

/** The request that the calling thread is serving, for log lines written meanwhile. */
public final class CurrentRequest {

    /** One box for each connection's thread, so that a request sets a field and not a thread local. */
    private static final ThreadLocal<CurrentRequest> OF_THREAD = new ThreadLocal<>();

    private String requestId = "";
    private TraceContext trace = TraceContext.NONE;

    private CurrentRequest() {}

    /** The request's id; empty if this thread serves none. */
    public static String requestId() {
        CurrentRequest current = OF_THREAD.get();
        return current == null ? "" : current.requestId;
    }

    /** {@link TraceContext#NONE} if this thread serves no request, or its caller sent no {@code traceparent}. */
    public static TraceContext trace() {
        CurrentRequest current = OF_THREAD.get();
        return current == null ? TraceContext.NONE : current.trace;
    }

    /** The calling thread's own box, which it keeps as long as it lives. */
    public static CurrentRequest ofThread() {
        CurrentRequest current = OF_THREAD.get();
        if (current == null) {
            current = new CurrentRequest();
            OF_THREAD.set(current);
        }
        return current;
    }

    public void begin(String requestId, TraceContext trace) {
        this.requestId = requestId;
        this.trace = trace;
    }

    public void end() {
        requestId = "";
        trace = TraceContext.NONE;
    }
}
