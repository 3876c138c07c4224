package customerservice.api.transport.http2;

/** The numbers of RFC 9113, sections 4 and 6. */
final class Frames {

    static final int HEAD = 9;

    /** The least that a peer may announce to take, and what this server takes and sends. */
    static final int MAX_PAYLOAD = 16_384;

    static final int DATA = 0x0;
    static final int HEADERS = 0x1;
    static final int PRIORITY = 0x2;
    static final int RST_STREAM = 0x3;
    static final int SETTINGS = 0x4;
    static final int PUSH_PROMISE = 0x5;
    static final int PING = 0x6;
    static final int GOAWAY = 0x7;
    static final int WINDOW_UPDATE = 0x8;
    static final int CONTINUATION = 0x9;

    static final int END_STREAM = 0x1;
    static final int ACK = 0x1;
    static final int END_HEADERS = 0x4;
    static final int PADDED = 0x8;
    static final int PRIORITISED = 0x20;

    static final int PRIORITY_LENGTH = 5;

    static final int MAX_STREAM_ID = 0x7FFF_FFFF;
    static final int MAX_WINDOW = 0x7FFF_FFFF;
    static final int INITIAL_WINDOW = 65_535;

    private Frames() {}

    /** Writes a frame's head; what is behind it. */
    static int putHead(byte[] out, int at, int length, int type, int flags, int streamId) {
        out[at] = (byte) (length >> 16);
        out[at + 1] = (byte) (length >> 8);
        out[at + 2] = (byte) length;
        out[at + 3] = (byte) type;
        out[at + 4] = (byte) flags;
        return putInt(out, at + 5, streamId);
    }

    static int putInt(byte[] out, int at, int value) {
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
