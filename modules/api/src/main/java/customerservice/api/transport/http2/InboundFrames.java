package customerservice.api.transport.http2;

import customerservice.api.http.capacity.ByteBudget;
import customerservice.api.transport.http2.frame.ErrorCode;
import customerservice.api.transport.http2.frame.FrameAllowance;
import customerservice.api.transport.http2.frame.FrameReader;
import customerservice.api.transport.http2.frame.FrameWriter;
import customerservice.api.transport.http2.frame.Frames;
import customerservice.api.transport.http2.frame.Rules;
import customerservice.api.transport.http2.frame.StreamErrorException;

/** What the frames of a peer do, by their type (RFC 9113, section 6). For the thread that reads them. */
final class InboundFrames {

    /** How many frames for nothing a reset counts as: it makes work for both sides. */
    private static final int RESET_COST = 10;

    private static final int PING_LENGTH = 8;
    private static final int SETTING_LENGTH = 6;

    /** Content in smaller pieces counts as frames for nothing. */
    private static final int SMALL_DATA = 128;

    private final Http2Connection connection;
    private final FrameReader frames;
    private final FrameWriter writer;
    private final Streams streams;
    private final SendWindows windows;
    private final FrameAllowance allowance;
    private final InboundHeaders headers;
    private boolean settled;

    InboundFrames(
            Http2Connection connection,
            FrameReader frames,
            FrameWriter writer,
            Streams streams,
            SendWindows windows,
            Farewell farewell,
            ByteBudget budget) {
        this.connection = connection;
        this.frames = frames;
        this.writer = writer;
        this.streams = streams;
        this.windows = windows;
        this.allowance = new FrameAllowance(windows::sent);
        this.headers = new InboundHeaders(connection, frames, streams, windows, farewell, allowance, budget);
    }

    boolean isInHeaderBlock() {
        return headers.blockOf() != 0;
    }

    /** Whether the frame whose head was just read leaves a header block that goes on in the next one. */
    boolean leavesHeaderBlock() {
        int type = frames.type();
        return (type == Frames.HEADERS || type == Frames.CONTINUATION) && !frames.has(Frames.END_HEADERS);
    }

    void clear() {
        headers.clear();
    }

    /** Takes the payload of the frame whose head was just read; all of it before the peer is told anything. */
    void handle() {
        int type = frames.type();
        if (frames.length() > Frames.MAX_PAYLOAD) {
            throw Rules.error(ErrorCode.FRAME_SIZE_ERROR, "A frame is too large");
        }
        if (headers.blockOf() != (type == Frames.CONTINUATION ? frames.streamId() : 0)) {
            throw Rules.error(ErrorCode.PROTOCOL_ERROR,
                    "A header block goes on in CONTINUATION frames, and nowhere else");
        }
        if (!settled && (type != Frames.SETTINGS || frames.has(Frames.ACK))) {
            throw Rules.error(ErrorCode.PROTOCOL_ERROR, "The first frame is no SETTINGS");
        }
        settled = true;
        int streamId = frames.streamId();
        try {
            switch (type) {
                case Frames.DATA -> data();
                case Frames.HEADERS -> headers.begin();
                case Frames.PRIORITY -> priority();
                case Frames.RST_STREAM -> resetStream();
                case Frames.SETTINGS -> settings();
                case Frames.PUSH_PROMISE -> throw Rules.error(ErrorCode.PROTOCOL_ERROR, "A client cannot push");
                case Frames.PING -> ping();
                case Frames.GOAWAY -> goAway();
                case Frames.WINDOW_UPDATE -> windowUpdate();
                case Frames.CONTINUATION -> headers.goOn();
                default -> allowance.spend(1);
            }
            frames.skipPayload();
        } catch (StreamErrorException e) {
            frames.skipPayload();
            allowance.spend(RESET_COST);
            Http2Stream stream = streams.get(streamId);
            if (stream == null) {
                streams.reset(streamId);
                writer.reset(streamId, e.code());
            } else {
                connection.reset(stream, e.code());
            }
        }
    }

    private void data() {
        int length = frames.length();
        int streamId = frames.streamId();
        Rules.requireStream(streamId);
        if (length < SMALL_DATA && !frames.has(Frames.END_STREAM)) {
            allowance.spend(1);
        }
        if (!connection.receives(length)) {
            throw Rules.error(ErrorCode.FLOW_CONTROL_ERROR, "More data than the connection may carry");
        }
        int padding = 0;
        if (frames.has(Frames.PADDED)) {
            Rules.requireLength(length > 0);
            frames.needPayload(1);
            padding = frames.octet(0);
            frames.skip(1);
            if (padding >= length) {
                throw Rules.error(ErrorCode.PROTOCOL_ERROR, "More padding than data");
            }
        }
        Http2Stream stream = streams.get(streamId);
        if (stream == null) {
            streams.requireReset(streamId);
            allowance.spend(1);
            frames.skipPayload();
            connection.consumed(length);
            return;
        }
        receive(stream, length, padding);
    }

    private void receive(Http2Stream stream, int length, int padding) {
        int kept = 0;
        try {
            stream.receives(length);
            while (frames.left() > padding) {
                int piece = frames.piece(frames.left() - padding);
                if (stream.receive(frames.bytes(), frames.start(), piece)) {
                    kept += piece;
                }
                frames.skip(piece);
            }
            if (frames.has(Frames.END_STREAM)) {
                stream.remoteEnds();
            }
        } finally {
            frames.skipPayload();
            connection.consumed(length - kept);
        }
        // Padding is never read, and has to be let in again.
        connection.widen(stream, stream.consumed(length - kept));
    }

    /** Deprecated and ignored (RFC 9113, section 5.3.2), but not anything goes. */
    private void priority() {
        Rules.requireStream(frames.streamId());
        Rules.requireLength(frames.length() == Frames.PRIORITY_LENGTH);
        allowance.spend(1);
        frames.needPayload(Frames.PRIORITY_LENGTH);
        Rules.requireOther(frames.streamId(), frames.number(0));
    }

    private void resetStream() {
        Rules.requireStream(frames.streamId());
        Rules.requireLength(frames.length() == Integer.BYTES);
        requireNotIdle();
        allowance.spend(RESET_COST);
        Http2Stream stream = streams.get(frames.streamId());
        if (stream != null) {
            stream.reset(true);
        }
    }

    private void settings() {
        requireConnection();
        allowance.spend(1);
        if (frames.has(Frames.ACK)) {
            Rules.requireLength(frames.length() == 0);
            return;
        }
        Rules.requireLength(frames.length() % SETTING_LENGTH == 0);
        frames.needPayload(frames.length());
        PeerSettings.apply(frames, windows);
        writer.settingsAck();
    }

    private void ping() {
        requireConnection();
        Rules.requireLength(frames.length() == PING_LENGTH);
        allowance.spend(1);
        frames.needPayload(PING_LENGTH);
        if (!frames.has(Frames.ACK)) {
            writer.pingAck(frames.bytes(), frames.start());
        }
    }

    /** The client opens no more streams; those that are open go on. */
    private void goAway() {
        requireConnection();
        Rules.requireLength(frames.length() >= 2 * Integer.BYTES);
        allowance.spend(1);
    }

    private void windowUpdate() {
        Rules.requireLength(frames.length() == Integer.BYTES);
        allowance.spend(1);
        frames.needPayload(Integer.BYTES);
        int increment = frames.number(0) & Frames.MAX_WINDOW;
        if (frames.streamId() == 0) {
            if (increment == 0) {
                throw Rules.error(ErrorCode.PROTOCOL_ERROR, "A window that is not widened");
            }
            if (!windows.widen(increment)) {
                throw Rules.error(ErrorCode.FLOW_CONTROL_ERROR, "The connection's window is too wide");
            }
            return;
        }
        requireNotIdle();
        if (increment == 0) {
            throw new StreamErrorException(ErrorCode.PROTOCOL_ERROR, "A window that is not widened");
        }
        Http2Stream stream = streams.get(frames.streamId());
        if (stream != null && !windows.widen(stream, increment)) {
            throw new StreamErrorException(ErrorCode.FLOW_CONTROL_ERROR, "A stream's window is too wide");
        }
    }

    private void requireNotIdle() {
        if (streams.isIdle(frames.streamId())) {
            throw Rules.error(ErrorCode.PROTOCOL_ERROR, "A frame of a stream that is not open");
        }
    }

    private void requireConnection() {
        if (frames.streamId() != 0) {
            throw Rules.error(ErrorCode.PROTOCOL_ERROR, "A frame of the connection on a stream");
        }
    }
}
