package customerservice.api.transport.http2.frame;

/** The numbers of RFC 9113, sections 4 and 6. */
public final class Frames {

    public static final int HEAD = 9;

    /** The least that a peer may announce to take, and what this server takes and sends. */
    public static final int MAX_PAYLOAD = 16_384;

    public static final int DATA = 0x0;
    public static final int HEADERS = 0x1;
    public static final int PRIORITY = 0x2;
    public static final int RST_STREAM = 0x3;
    public static final int SETTINGS = 0x4;
    public static final int PUSH_PROMISE = 0x5;
    public static final int PING = 0x6;
    public static final int GOAWAY = 0x7;
    public static final int WINDOW_UPDATE = 0x8;
    public static final int CONTINUATION = 0x9;

    public static final int END_STREAM = 0x1;
    public static final int ACK = 0x1;
    public static final int END_HEADERS = 0x4;
    public static final int PADDED = 0x8;
    public static final int PRIORITISED = 0x20;

    public static final int PRIORITY_LENGTH = 5;

    public static final int MAX_STREAM_ID = 0x7FFF_FFFF;
    public static final int MAX_WINDOW = 0x7FFF_FFFF;
    public static final int INITIAL_WINDOW = 65_535;

    private Frames() {}

    /** Writes a frame's head; what is behind it. */
    public static int putHead(byte[] out, int at, int length, int type, int flags, int streamId) {
        out[at] = (byte) (length >> 16);
        out[at + 1] = (byte) (length >> 8);
        out[at + 2] = (byte) length;
        out[at + 3] = (byte) type;
        out[at + 4] = (byte) flags;
        return putInt(out, at + 5, streamId);
    }

    public static int putInt(byte[] out, int at, int value) {
        out[at] = (byte) (value >> 24);
        out[at + 1] = (byte) (value >> 16);
        out[at + 2] = (byte) (value >> 8);
        out[at + 3] = (byte) value;
        return at + 4;
    }

    static int putShort(byte[] out, int at, int value) {
        out[at] = (byte) (value >> 8);
        out[at + 1] = (byte) value;
        return at + 2;
    }
}
