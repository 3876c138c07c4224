package customerservice.api.transport.http2;

import customerservice.api.http.message.ConnectionLostException;
import customerservice.api.transport.hpack.HpackEncoder;
import customerservice.api.transport.http2.frame.FrameWriter;
import customerservice.api.transport.http2.frame.Frames;

/** Sends answers in frames, as fast as the peer lets it. */
final class AnswerSender {

    private final FrameWriter writer;
    private final SendWindows windows;

    AnswerSender(FrameWriter writer, SendWindows windows) {
        this.writer = writer;
        this.windows = windows;
    }

    /** Fields before the answer (RFC 9110, section 15.2). */
    void interim(Http2Stream stream, HpackEncoder fields) {
        byte[] out = new byte[headSize(fields)];
        write(stream, out, putFields(out, stream.id(), fields, 0));
    }

    /**
     * Sends fields and content, in one piece if the peer's windows allow.
     *
     * @throws ConnectionLostException if it cannot be sent
     */
    void respond(Http2Stream stream, HpackEncoder fields, byte[] body, int from, int length) {
        if (length == 0) {
            byte[] out = new byte[headSize(fields)];
            int end = putFields(out, stream.id(), fields, Frames.END_STREAM);
            stream.localEnds();
            write(stream, out, end);
            return;
        }
        int now = windows.takeNow(stream, Math.min(length, Frames.MAX_PAYLOAD));
        byte[] out = new byte[headSize(fields) + Frames.HEAD + now];
        int end = putFields(out, stream.id(), fields, 0);
        if (now > 0) {
            end = putData(out, end, stream, body, from, now, now == length);
        }
        write(stream, out, end);
        sendRest(stream, body, from + now, length - now);
    }

    private void sendRest(Http2Stream stream, byte[] body, int from, int length) {
        int sent = 0;
        while (sent < length) {
            int next = windows.take(stream, Math.min(length - sent, Frames.MAX_PAYLOAD));
            byte[] out = new byte[Frames.HEAD + next];
            int end = putData(out, 0, stream, body, from + sent, next, sent + next == length);
            write(stream, out, end);
            sent += next;
        }
    }

    private void write(Http2Stream stream, byte[] frames, int length) {
        if (!writer.write(stream::isReset, frames, length)) {
            throw new ConnectionLostException();
        }
    }

    private static int putData(
            byte[] out, int at, Http2Stream stream, byte[] body, int from, int length, boolean last) {
        if (last) {
            stream.localEnds();
        }
        int payload = Frames.putHead(out, at, length, Frames.DATA, last ? Frames.END_STREAM : 0, stream.id());
        System.arraycopy(body, from, out, payload, length);
        return payload + length;
    }

    private static int headSize(HpackEncoder fields) {
        int frames = 1 + (fields.length() - 1) / Frames.MAX_PAYLOAD;
        return frames * Frames.HEAD + fields.length();
    }

    /** In as many frames as it takes (RFC 9113, section 6.10). */
    private static int putFields(byte[] out, int streamId, HpackEncoder fields, int flags) {
        int at = 0;
        int put = 0;
        do {
            int length = Math.min(fields.length() - put, Frames.MAX_PAYLOAD);
            boolean first = put == 0;
            boolean last = put + length == fields.length();
            at = Frames.putHead(
                    out,
                    at,
                    length,
                    first ? Frames.HEADERS : Frames.CONTINUATION,
                    (first ? flags : 0) | (last ? Frames.END_HEADERS : 0),
                    streamId);
            System.arraycopy(fields.array(), put, out, at, length);
            at += length;
            put += length;
        } while (put < fields.length());
        return at;
    }
}
