package customerservice.api.http;

/** The {@code traceparent} field (W3C Trace Context, section 3.2). */
public final class TraceParent {

    private static final int LENGTH = 55;
    private static final int TRACE_ID = 3;
    private static final int PARENT_ID = 36;
    private static final int FLAGS = 53;

    private TraceParent() {}

    /** The trace id's 32 digits; empty if the value is not valid, which is then to be treated as if it were not there. */
    public static String traceId(String value) {
        if (value.length() < LENGTH
                || !isHex(value, 0, 2)
                || value.startsWith("ff")
                || value.charAt(TRACE_ID - 1) != '-'
                || !isHexAndNotZero(value, TRACE_ID, PARENT_ID - 1)
                || value.charAt(PARENT_ID - 1) != '-'
                || !isHexAndNotZero(value, PARENT_ID, FLAGS - 1)
                || value.charAt(FLAGS - 1) != '-'
                || !isHex(value, FLAGS, LENGTH)) {
            return "";
        }
        // Later versions may have more behind another dash, this one may not.
        boolean longer = value.length() > LENGTH;
        if (longer && (value.startsWith("00") || value.charAt(LENGTH) != '-')) {
            return "";
        }
        return value.substring(TRACE_ID, PARENT_ID - 1);
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
