package customerservice.api.transport.http2.frame;

/** What several kinds of frames have to keep to; whoever breaks it loses the connection. */
public final class Rules {

    private Rules() {}

    /** It belongs to a stream. */
    public static void requireStream(int streamId) {
        if (streamId == 0) {
            throw error(ErrorCode.PROTOCOL_ERROR, "A frame that needs a stream");
        }
    }

    /** The stream that a priority is relative to is another one (RFC 7540, section 5.3.1). */
    public static void requireOther(int streamId, int dependency) {
        if ((dependency & Frames.MAX_STREAM_ID) == streamId) {
            throw error(ErrorCode.PROTOCOL_ERROR, "A stream depends on itself");
        }
    }

    public static void requireLength(boolean valid) {
        if (!valid) {
            throw error(ErrorCode.FRAME_SIZE_ERROR, "Not the length of such a frame");
        }
    }

    public static ConnectionErrorException error(ErrorCode code, String message) {
        return new ConnectionErrorException(code, message);
    }
}
