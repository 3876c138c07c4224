package customerservice.api.transport.http2;

import customerservice.api.http.capacity.ByteBudget;
import customerservice.api.transport.hpack.HeaderList;
import customerservice.api.transport.hpack.HpackDecoder;
import customerservice.api.transport.http2.frame.ErrorCode;
import customerservice.api.transport.http2.frame.FrameAllowance;
import customerservice.api.transport.http2.frame.FrameReader;
import customerservice.api.transport.http2.frame.Frames;
import customerservice.api.transport.http2.frame.HeaderBlock;
import customerservice.api.transport.http2.frame.Rules;
import customerservice.api.transport.http2.frame.StreamErrorException;

/**
 * Header blocks, in HEADERS and CONTINUATION frames, and what they begin or end (RFC 9113, sections 4.3, 6.2, 6.10 and 8.1).
 * Each is decoded, also where it is for nothing: the next one refers to what it leaves in the table.
 */
final class InboundHeaders {

    /** How many frames for nothing a request allows: to widen windows, to cancel it. */
    private static final int REQUEST_EARNS = 8;

    private final Http2Connection connection;
    private final FrameReader frames;
    private final Streams streams;
    private final SendWindows windows;
    private final Farewell farewell;
    private final FrameAllowance allowance;
    private final ByteBudget budget;
    private final HpackDecoder decoder = new HpackDecoder(Http2Connection.HEADER_TABLE,
            Http2Connection.MAX_HEADER_LIST);
    private final HeaderBlock block;

    InboundHeaders(
            Http2Connection connection,
            FrameReader frames,
            Streams streams,
            SendWindows windows,
            Farewell farewell,
            FrameAllowance allowance,
            ByteBudget budget) {
        this.connection = connection;
        this.frames = frames;
        this.streams = streams;
        this.windows = windows;
        this.farewell = farewell;
        this.allowance = allowance;
        this.budget = budget;
        this.block = new HeaderBlock(budget);
    }

    /** The stream of the block that has begun and not ended; 0 if there is none. */
    int blockOf() {
        return block.streamId();
    }

    void clear() {
        block.clear();
    }

    /** A HEADERS frame. */
    void begin() {
        int streamId = frames.streamId();
        int from = 0;
        int to = frames.length();
        Rules.requireStream(streamId);
        frames.needPayload(to);
        if (frames.has(Frames.PADDED)) {
            Rules.requireLength(to > 0);
            to -= frames.octet(0);
            from++;
        }
        if (frames.has(Frames.PRIORITISED)) {
            Rules.requireLength(from + Frames.PRIORITY_LENGTH <= frames.length());
            Rules.requireOther(streamId, frames.number(from));
            from += Frames.PRIORITY_LENGTH;
        }
        if (from > to) {
            throw Rules.error(ErrorCode.PROTOCOL_ERROR, "More padding than fields");
        }
        boolean ends = frames.has(Frames.END_STREAM);
        int start = frames.start();
        if (frames.has(Frames.END_HEADERS)) {
            message(streamId, decoder.decode(frames.bytes(), start + from, start + to), ends);
        } else {
            block.begin(streamId, ends);
            block.add(frames.bytes(), start + from, to - from);
        }
    }

    /** A CONTINUATION frame of the block that has begun. */
    void goOn() {
        Rules.requireStream(frames.streamId());
        frames.needPayload(frames.length());
        block.add(frames.bytes(), frames.start(), frames.length());
        if (frames.has(Frames.END_HEADERS)) {
            HeaderList list = decoder.decode(block.bytes(), 0, block.length());
            int streamId = block.streamId();
            boolean ends = block.endsStream();
            block.clear();
            message(streamId, list, ends);
        }
    }

    private void message(int streamId, HeaderList list, boolean ends) {
        Http2Stream stream = streams.get(streamId);
        if (stream != null) {
            trailers(stream, list, ends);
        } else if (streamId % 2 == 0) {
            throw Rules.error(ErrorCode.PROTOCOL_ERROR, "A client's streams are odd");
        } else if (streams.isIdle(streamId)) {
            request(streamId, list, ends);
        } else {
            streams.requireReset(streamId);
            allowance.spend(1);
            if (!streams.wasReset(streamId)) {
                throw Rules.error(ErrorCode.PROTOCOL_ERROR, "A stream is opened after later ones");
            }
        }
    }

    private void request(int streamId, HeaderList list, boolean ends) {
        streams.lastId(streamId);
        if (farewell.refuses(streamId) || streams.isFull()) {
            throw new StreamErrorException(ErrorCode.REFUSED_STREAM, "No more streams are taken");
        }
        MessageHead head = MessageHead.of(list);
        if (ends && head.contentLength() > 0) {
            throw new StreamErrorException(ErrorCode.PROTOCOL_ERROR, "The content is shorter than announced");
        }
        if (!budget.take(head.cost())) {
            throw new StreamErrorException(ErrorCode.REFUSED_STREAM, "Too many requests at once");
        }
        allowance.earn(REQUEST_EARNS);
        var stream = new Http2Stream(connection, streamId, head, ends, windows.initial(), budget);
        streams.open(stream);
        connection.start(stream);
    }

    private static void trailers(Http2Stream stream, HeaderList list, boolean ends) {
        if (stream.isRemoteEnded()) {
            throw new StreamErrorException(ErrorCode.STREAM_CLOSED, "Fields after the end of a request");
        }
        if (!ends) {
            throw new StreamErrorException(ErrorCode.PROTOCOL_ERROR, "Trailers that do not end the request");
        }
        MessageHead.checkTrailers(list);
        stream.remoteEnds();
    }
}
