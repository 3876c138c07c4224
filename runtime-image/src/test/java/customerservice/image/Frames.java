package customerservice.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Frames of HTTP/2 (RFC 9113, 4.1) and header blocks (RFC 7541), right or wrong. */
final class Frames {

    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int PRIORITY = 2;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int PING = 6;
    static final int GOAWAY = 7;
    static final int WINDOW_UPDATE = 8;
    static final int CONTINUATION = 9;

    static final int END_STREAM = 1;
    static final int END_HEADERS = 4;

    static final int HEADER_TABLE_SIZE = 1;
    static final int INITIAL_WINDOW_SIZE = 4;

    /** Names in the static table. */
    private static final int AUTHORITY = 1;
    private static final int METHOD = 2;
    private static final int PATH = 4;
    private static final int SCHEME = 6;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** Begins as a client does, with these settings: an identifier and its value by turns. */
    static Frames preface(int... settings) {
        var frames = new Frames();
        frames.out.writeBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return frames.settings(settings);
    }

    Frames settings(int... settings) {
        ByteBuffer payload = ByteBuffer.allocate(3 * settings.length);
        for (int i = 0; i < settings.length; i += 2) {
            payload.putShort((short) settings[i]).putInt(settings[i + 1]);
        }
        return frame(SETTINGS, 0, 0, payload.array());
    }

    Frames windowUpdate(int stream, int increment) {
        return frame(WINDOW_UPDATE, 0, stream, ByteBuffer.allocate(4).putInt(increment).array());
    }

    Frames reset(int stream) {
        return frame(RST_STREAM, 0, stream, 0, 0, 0, 8);
    }

    Frames frame(int type, int flags, int stream, int... payload) {
        var bytes = new byte[payload.length];
        for (int i = 0; i < payload.length; i++) {
            bytes[i] = (byte) payload[i];
        }
        return frame(type, flags, stream, bytes);
    }

    Frames frame(int type, int flags, int stream, byte[] payload) {
        out.writeBytes(ByteBuffer.allocate(9)
                .put((byte) (payload.length >> 16))
                .putShort((short) payload.length)
                .put((byte) type)
                .put((byte) flags)
                .putInt(stream)
                .array());
        out.writeBytes(payload);
        return this;
    }

    byte[] bytes() {
        return out.toByteArray();
    }

    /** A header block, without compression. */
    static byte[] request(String method, String path, String... fields) {
        var block = new ByteArrayOutputStream();
        pseudoField(block, METHOD, method);
        pseudoField(block, SCHEME, "http");
        pseudoField(block, AUTHORITY, "localhost");
        pseudoField(block, PATH, path);
        for (String field : fields) {
            int colon = field.indexOf(": ");
            field(block, field.substring(0, colon), field.substring(colon + 2));
        }
        return block.toByteArray();
    }

    private static void pseudoField(ByteArrayOutputStream block, int name, String value) {
        block.write(name);
        text(block, value);
    }

    private static void field(ByteArrayOutputStream block, String name, String value) {
        block.write(0);
        text(block, name);
        text(block, value);
    }

    static void text(ByteArrayOutputStream block, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        integer(block, 0, 7, bytes.length);
        block.writeBytes(bytes);
    }

    /** RFC 7541, 5.1. */
    static void integer(ByteArrayOutputStream block, int pattern, int prefix, int value) {
        int max = (1 << prefix) - 1;
        if (value < max) {
            block.write(pattern | value);
            return;
        }
        block.write(pattern | max);
        int rest = value - max;
        while (rest >= 128) {
            block.write((rest & 127) | 128);
            rest >>>= 7;
        }
        block.write(rest);
    }
}
