package customerservice.image;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** What a server says on an HTTP/2 connection, whose header blocks it may not compress with a table (SETTINGS). */
final class Http2Answers {

    /** Of an answer whose server has compressed it with a table all the same. */
    static final int UNKNOWN = 0;

    private static final int BEGINNING = 64;
    private static final int FIRST_STATUS = 8;
    private static final int[] KNOWN_STATUSES = {200, 204, 206, 304, 400, 404, 500};

    private final DataInputStream in;
    private final List<Integer> statuses = new ArrayList<>();
    private final Set<Integer> ended = new HashSet<>();
    private final Map<Integer, Long> windows = new HashMap<>();
    private String beginning = "";
    private long initialWindow = 65_535;
    private long taken;

    Http2Answers(Peer peer) throws IOException {
        this.in = new DataInputStream(peer.in());
    }

    /** Reads until so many streams have ended; false if the connection ended before. */
    boolean readUntilEnded(int streams) throws SocketTimeoutException {
        return readUntil(() -> ended.size() >= streams);
    }

    /** The same; false also when so many more bytes of bodies were taken. */
    boolean readUntilEnded(int streams, int more) throws SocketTimeoutException {
        long enough = taken + more;
        readUntil(() -> ended.size() >= streams || taken >= enough);
        return ended.size() >= streams;
    }

    /** Reads until so many answers have begun; false if the connection ended before. */
    boolean readUntilAnswered(int streams) throws SocketTimeoutException {
        return readUntil(() -> statuses.size() >= streams);
    }

    private boolean readUntil(BooleanSupplier enough) throws SocketTimeoutException {
        try {
            while (!enough.getAsBoolean()) {
                read();
            }
            return true;
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException e) {
            return false;
        }
    }

    /** Reads until the connection ends, which it has to. */
    void readToEnd() throws SocketTimeoutException {
        readUntilEnded(Integer.MAX_VALUE);
    }

    private void read() throws IOException {
        int length = in.readUnsignedShort() << 8 | in.readUnsignedByte();
        int type = in.readUnsignedByte();
        int flags = in.readUnsignedByte();
        int stream = in.readInt();
        byte[] payload = in.readNBytes(length);
        if (payload.length < length) {
            throw new EOFException();
        }
        switch (type) {
            case Frames.HEADERS -> {
                statuses.add(status(payload));
                beginning = "";
            }
            case Frames.DATA -> {
                taken += length;
                if (beginning.length() < BEGINNING) {
                    beginning += new String(payload, 0, Math.min(BEGINNING, length), StandardCharsets.ISO_8859_1);
                }
            }
            case Frames.SETTINGS -> settings(payload);
            case Frames.WINDOW_UPDATE -> sent(stream, -ByteBuffer.wrap(payload).getInt());
            case Frames.RST_STREAM -> ended.add(stream);
            default -> {
            }
        }
        if ((type == Frames.HEADERS || type == Frames.DATA) && (flags & Frames.END_STREAM) != 0) {
            ended.add(stream);
        }
    }

    private void settings(byte[] payload) {
        for (ByteBuffer settings = ByteBuffer.wrap(payload); settings.hasRemaining();) {
            int identifier = settings.getShort();
            int value = settings.getInt();
            if (identifier == Frames.INITIAL_WINDOW_SIZE) {
                initialWindow = value;
            }
        }
    }

    /** How much the server lets this stream send; it has to set its initial window before the first stream. */
    long window(int stream) {
        return Math.min(windows.getOrDefault(0, 65_535L), windows.getOrDefault(stream, initialWindow));
    }

    void sent(int stream, int bytes) {
        windows.merge(stream, (stream == 0 ? 65_535 : initialWindow) - bytes, (window, _) -> window - bytes);
        if (bytes > 0 && stream != 0) {
            sent(0, bytes);
        }
    }

    /** Reads until the stream may send on; false if it has ended before. */
    boolean readUntilWindow(int stream) throws SocketTimeoutException {
        return readUntil(() -> window(stream) > 0 || ended.contains(stream)) && !ended.contains(stream);
    }

    /** The first field of an answer (RFC 9113, 8.3.2): from the static table, or by its name there. */
    private static int status(byte[] block) {
        int at = 0;
        while ((block[at] & 0xE0) == 0x20) { // a table's size, which is one byte here
            at++;
        }
        int first = block[at] & 0xFF;
        if (first >= 0x80) {
            int entry = (first & 0x7F) - FIRST_STATUS;
            return entry < KNOWN_STATUSES.length ? KNOWN_STATUSES[entry] : UNKNOWN;
        }
        int length = block[at + 1] & 0x7F;
        if (block[at + 1] >= 0) {
            return Integer.parseInt(new String(block, at + 2, length, StandardCharsets.US_ASCII), 10);
        }
        return digits(block, at + 2);
    }

    /** Three digits in the code of RFC 7541, appendix B: 0 to 2 have five bits, the others six. */
    private static int digits(byte[] block, int from) {
        int bits = 0;
        int value = 0;
        for (int digit = 0; digit < 3; digit++) {
            int code = bits(block, from, bits, 5);
            if (code < 3) {
                bits += 5;
                value = 10 * value + code;
            } else {
                value = 10 * value + bits(block, from, bits, 6) - 0x16;
                bits += 6;
            }
        }
        return value;
    }

    private static int bits(byte[] block, int from, int skipped, int number) {
        int value = 0;
        for (int i = skipped; i < skipped + number; i++) {
            value = (value << 1) | ((block[from + i / 8] >> (7 - i % 8)) & 1);
        }
        return value;
    }

    List<Integer> statuses() {
        return statuses;
    }

    /** How the body of the newest answer begins. */
    String beginning() {
        return beginning;
    }

    /** Of bodies, padding included: what windows have to be opened by. */
    long taken() {
        return taken;
    }
}
