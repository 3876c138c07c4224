package customerservice.api;

import customerservice.api.transport.hpack.HeaderField;
import customerservice.api.transport.hpack.HpackDecoder;
import customerservice.api.transport.hpack.HpackEncoder;
import customerservice.domain.identity.Role;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/** A client of HTTP/2 that sends exactly the frames that it is told to (RFC 9113), and so also what no proper one would. */
final class Http2Peer implements AutoCloseable {

    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int PRIORITY = 2;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int PUSH_PROMISE = 5;
    static final int PING = 6;
    static final int GOAWAY = 7;
    static final int WINDOW_UPDATE = 8;
    static final int CONTINUATION = 9;

    static final int END_STREAM = 1;
    static final int ACK = 1;
    static final int END_HEADERS = 4;
    static final int PADDED = 8;

    static final int NO_ERROR = 0;
    static final int PROTOCOL_ERROR = 1;
    static final int FLOW_CONTROL_ERROR = 3;
    static final int STREAM_CLOSED = 5;
    static final int REFUSED_STREAM = 7;
    static final int CANCEL = 8;
    static final int COMPRESSION_ERROR = 9;
    static final int ENHANCE_YOUR_CALM = 11;

    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int TIMEOUT_MILLIS = 20_000;

    /** Wide enough for all that a test has answered. */
    private static final int CONNECTION_WINDOW = 1 << 30;

    private final String authorization;
    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;
    private final HpackDecoder decoder = new HpackDecoder(4_096, 64 * 1_024);
    private final Map<Integer, Queue<Frame>> unread = new HashMap<>();
    private boolean ended;

    /** @param settings identifiers and values by turns */
    Http2Peer(RunningApi api, int... settings) {
        authorization = "Bearer " + api.token(Role.ADMIN);
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), api.server().port());
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.setTcpNoDelay(true);
            in = new DataInputStream(socket.getInputStream());
            out = new DataOutputStream(socket.getOutputStream());
            out.write(PREFACE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ByteBuffer payload = ByteBuffer.allocate(settings.length * 3);
        for (int i = 0; i < settings.length; i += 2) {
            payload.putShort((short) settings[i]).putInt(settings[i + 1]);
        }
        send(SETTINGS, 0, 0, payload.array());
        send(WINDOW_UPDATE, 0, 0, number(CONNECTION_WINDOW));
    }

    /** @param payload as the type has it; nothing about it is checked */
    Http2Peer send(int type, int flags, int stream, byte... payload) {
        try {
            out.write(frame(type, flags, stream, payload));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Several frames, made by {@link #frame}, in one write. */
    Http2Peer send(byte[] frames) {
        try {
            out.write(frames);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] frame(int type, int flags, int stream, byte... payload) {
        return ByteBuffer.allocate(9 + payload.length)
                .put((byte) (payload.length >> 16))
                .putShort((short) payload.length)
                .put((byte) type)
                .put((byte) flags)
                .putInt(stream)
                .put(payload)
                .array();
    }

    static byte[] number(int value) {
        return ByteBuffer.allocate(4).putInt(value).array();
    }

    /** As an admin; pseudo-header fields as they have to be. */
    byte[] head(String method, String path, String... fields) {
        var head = new HpackEncoder(256)
                .field(":method", method)
                .field(":scheme", "http")
                .field(":authority", "localhost")
                .field(":path", path);
        boolean authorized = false;
        for (String field : fields) {
            int colon = field.indexOf(": ");
            head.field(field.substring(0, colon), field.substring(colon + 2));
            authorized |= field.startsWith("authorization: ");
        }
        if (!authorized) {
            head.field("authorization", authorization);
        }
        return block(head);
    }

    static byte[] block(HpackEncoder fields) {
        return Arrays.copyOf(fields.array(), fields.length());
    }

    /** Sends a request without content. */
    Http2Peer request(int stream, String method, String path, String... fields) {
        return send(HEADERS, END_HEADERS | END_STREAM, stream, head(method, path, fields));
    }

    /** Sends a request's head, whose content is to follow. */
    Http2Peer begin(int stream, String method, String path, String... fields) {
        return send(HEADERS, END_HEADERS, stream, head(method, path, fields));
    }

    Http2Peer data(int stream, String content, boolean last) {
        return send(DATA, last ? END_STREAM : 0, stream, content.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends a request and waits for its answer. */
    Reply call(int stream, String method, String path, String... fields) {
        return request(stream, method, path, fields).answer(stream);
    }

    /** The next frame of a stream, or of the connection (0), but for what comes of itself. */
    Frame next(int stream) {
        while (true) {
            Queue<Frame> waiting = unread.get(stream);
            if (waiting != null && !waiting.isEmpty()) {
                return waiting.remove();
            }
            Frame frame = read();
            boolean usual = frame.type == WINDOW_UPDATE
                    || (frame.stream == 0 && (frame.type == SETTINGS || frame.type == PING));
            if (!usual) {
                unread.computeIfAbsent(frame.stream, _ -> new ArrayDeque<>()).add(frame);
            }
            if (frame.type == GOAWAY && stream != 0) {
                int code = ByteBuffer.wrap(frame.payload).getInt(4);
                if (code != NO_ERROR) {
                    throw new IllegalStateException("The connection ended with " + code);
                }
            }
        }
    }

    /** Whatever comes next on the connection. */
    Frame read() {
        try {
            byte[] head = new byte[9];
            in.readFully(head);
            ByteBuffer buffer = ByteBuffer.wrap(head);
            int lengthAndType = buffer.getInt();
            int flags = buffer.get();
            int stream = buffer.getInt();
            byte[] payload = new byte[lengthAndType >>> 8];
            in.readFully(payload);
            return new Frame(lengthAndType & 0xFF, flags, stream, payload);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next answer on a stream, all of it, as text; interim ones are passed over. */
    Reply answer(int stream) {
        while (true) {
            String head = headers(stream, next(stream));
            if (head.startsWith("HTTP/1.1 1")) {
                continue;
            }
            return new Reply(head, content(stream));
        }
    }

    private String headers(int stream, Frame frame) {
        if (frame.type == RST_STREAM) {
            throw new StreamReset(ByteBuffer.wrap(frame.payload).getInt());
        }
        if (frame.type != HEADERS) {
            throw new IllegalStateException("No answer on " + stream + ", but " + frame);
        }
        List<HeaderField> fields = decoder.decode(frame.payload, 0, frame.payload.length).fields();
        ended = (frame.flags & END_STREAM) != 0;
        var text = new StringBuilder("HTTP/1.1 " + fields.getFirst().value() + "\r\n");
        for (HeaderField field : fields.subList(1, fields.size())) {
            text.append(field.name()).append(": ").append(field.value()).append("\r\n");
        }
        return text.toString();
    }

    private byte[] content(int stream) {
        byte[] content = {};
        while (!ended) {
            Frame frame = next(stream);
            if (frame.type == RST_STREAM) {
                throw new StreamReset(ByteBuffer.wrap(frame.payload).getInt());
            }
            int before = content.length;
            content = Arrays.copyOf(content, before + frame.payload.length);
            System.arraycopy(frame.payload, 0, content, before, frame.payload.length);
            ended = (frame.flags & END_STREAM) != 0;
            if (!ended && frame.payload.length > 0) {
                send(WINDOW_UPDATE, 0, stream, number(frame.payload.length));
            }
        }
        return content;
    }

    /** Waits for the stream's reset; its code. */
    int reset(int stream) {
        while (true) {
            Frame frame = next(stream);
            if (frame.type == RST_STREAM) {
                return ByteBuffer.wrap(frame.payload).getInt();
            }
        }
    }

    /** Waits for the server's last word and its close; the code. */
    int goAway() {
        while (true) {
            Frame frame = next(0);
            if (frame.type == GOAWAY) {
                return ByteBuffer.wrap(frame.payload).getInt(4);
            }
        }
    }

    /** Waits for the server to close. */
    boolean isClosedByServer() {
        try {
            while (true) {
                read();
            }
        } catch (UncheckedIOException e) {
            return e.getCause() instanceof EOFException || e.getCause() instanceof SocketException;
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Frame(int type, int flags, int stream, byte[] payload) {

        @Override
        public String toString() {
            return "frame of type " + type + ", flags " + flags + ", " + payload.length + " bytes";
        }
    }

    /** The server has reset the stream instead of answering. */
    static final class StreamReset extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final int code;

        StreamReset(int code) {
            super("Reset with " + code);
            this.code = code;
        }

        int code() {
            return code;
        }
    }
}
