package customerservice.api.http;

/** The request that the calling thread is serving, for log lines written meanwhile. */
public final class CurrentRequest {

    /** One box for each connection's thread, so that a request sets a field and not a thread local. */
    private static final ThreadLocal<CurrentRequest> OF_THREAD = new ThreadLocal<>();

    private String requestId = "";
    private String traceId = "";

    private CurrentRequest() {}

    /** The request's id; empty if this thread serves none. */
    public static String requestId() {
        CurrentRequest current = OF_THREAD.get();
        return current == null ? "" : current.requestId;
    }

    /** 32 lower-case hex digits; empty if this thread serves no request, or its caller sent no {@code traceparent}. */
    public static String traceId() {
        CurrentRequest current = OF_THREAD.get();
        return current == null ? "" : current.traceId;
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

    public void begin(String requestId, String traceId) {
        this.requestId = requestId;
        this.traceId = traceId;
    }

    public void end() {
        requestId = "";
        traceId = "";
    }
}
