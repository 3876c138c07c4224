package customerservice.api.http.trace;

import customerservice.api.http.message.RequestFields;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import java.util.Objects;

/**
 * The trace that a request belongs to, as its caller told it (W3C Trace Context, level 2, section 3). This service makes no
 * spans of its own and calls nobody: what it logs belongs to the caller's span.
 *
 * @param traceId 32 lower-case hex digits; empty outside traces, and then all the rest is
 * @param parentId the caller's span: 16 lower-case hex digits
 * @param flags two lower-case hex digits; {@code 01} is set if the caller has recorded its span
 * @param state what tracing systems have passed on, as {@code tracestate} has it; at most {@link #MAX_STATE} characters
 */
public record TraceContext(String traceId, String parentId, String flags, String state) {

    /** As much as section 3.3.1.5 wants to be passed on. */
    public static final int MAX_STATE = 512;

    public static final TraceContext NONE = new TraceContext("", "", "", "");

    private static final HeaderName TRACEPARENT = HeaderNames.create("traceparent");
    private static final HeaderName TRACESTATE = HeaderNames.create("tracestate");

    private static final int LENGTH = 55;
    private static final int TRACE_ID = 3;
    private static final int PARENT_ID = 36;
    private static final int FLAGS = 53;

    public TraceContext {
        Objects.requireNonNull(traceId, "traceId");
        Objects.requireNonNull(parentId, "parentId");
        Objects.requireNonNull(flags, "flags");
        Objects.requireNonNull(state, "state");
    }

    /** {@link #NONE} if {@code traceparent} is not there, once, and valid: {@code tracestate} means nothing then. */
    public static TraceContext of(RequestFields fields) {
        String parent = fields.get(TRACEPARENT);
        if (!isValid(parent)) {
            return NONE;
        }
        return new TraceContext(
                parent.substring(TRACE_ID, PARENT_ID - 1),
                parent.substring(PARENT_ID, FLAGS - 1),
                parent.startsWith("00") ? parent.substring(FLAGS, LENGTH) : sampled(parent),
                fields.has(TRACESTATE) ? TraceState.parse(fields.get(TRACESTATE), MAX_STATE) : "");
    }

    /** Of the flags of later versions no other is known. */
    private static String sampled(String parent) {
        return (Character.digit(parent.charAt(LENGTH - 1), 16) & 1) == 1 ? "01" : "00";
    }

    private static boolean isValid(String parent) {
        if (parent.length() < LENGTH
                || !isHex(parent, 0, 2)
                || parent.startsWith("ff")
                || parent.charAt(TRACE_ID - 1) != '-'
                || !isHexAndNotZero(parent, TRACE_ID, PARENT_ID - 1)
                || parent.charAt(PARENT_ID - 1) != '-'
                || !isHexAndNotZero(parent, PARENT_ID, FLAGS - 1)
                || parent.charAt(FLAGS - 1) != '-'
                || !isHex(parent, FLAGS, LENGTH)) {
            return false;
        }
        // Later versions may have more behind another dash, this one may not.
        return parent.length() == LENGTH || (!parent.startsWith("00") && parent.charAt(LENGTH) == '-');
    }

    private static boolean isHexAndNotZero(String value, int from, int to) {
        boolean zero = true;
        for (int i = from; i < to; i++) {
            zero &= value.charAt(i) == '0';
        }
        return !zero && isHex(value, from, to);
    }

    private static boolean isHex(String value, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = value.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
    }
}
