package customerservice.image;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** By HTTP/2, with windows that never stop an answer; it sends no more at once than a server takes by default. */
final class Http2Caller implements Caller {

    private static final int FRAME = 16_384;
    private static final int WINDOW = Integer.MAX_VALUE;

    private final Peer peer;
    private final String authorization;
    private final Http2Answers answers;
    private int streams;
    private long taken;

    /** @param authorization the field with the token */
    Http2Caller(Peer peer, String authorization) throws IOException {
        this.peer = peer;
        this.authorization = lowerCase(authorization);
        this.answers = new Http2Answers(peer);
        peer.send(Frames.preface(Frames.HEADER_TABLE_SIZE, 0, Frames.INITIAL_WINDOW_SIZE, WINDOW)
                .windowUpdate(0, WINDOW - 65_535)
                .bytes());
    }

    @Override
    public int call(String method, String path, String body, String... fields) throws IOException {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        int stream = 2 * streams++ + 1;
        String[] all = Arrays.copyOf(fields, fields.length + 2);
        for (int i = 0; i < fields.length; i++) {
            all[i] = lowerCase(fields[i]);
        }
        all[fields.length] = authorization;
        all[fields.length + 1] = "content-type: " + Caller.mediaType(method);
        int end = content.length == 0 ? Frames.END_STREAM : 0;
        peer.send(new Frames().frame(
                Frames.HEADERS, Frames.END_HEADERS | end, stream, Frames.request(method, path, all)).bytes());
        send(content, stream);
        if (!answers.readUntilEnded(streams)) {
            throw new EOFException("The server has closed");
        }
        if (answers.taken() > taken) {
            peer.send(new Frames().windowUpdate(0, (int) (answers.taken() - taken)).bytes());
            taken = answers.taken();
        }
        if (answers.statuses().size() < streams) {
            throw new EOFException("The server has reset stream " + stream);
        }
        return answers.statuses().getLast();
    }

    /** RFC 9113, 8.2.1: names are. */
    private static String lowerCase(String field) {
        int colon = field.indexOf(':');
        return field.substring(0, colon).toLowerCase(Locale.ROOT) + field.substring(colon);
    }

    /** As far as the server opens its windows. */
    private void send(byte[] content, int stream) throws IOException {
        for (int sent = 0; sent < content.length;) {
            int length = (int) Math.min(Math.min(content.length - sent, FRAME), answers.window(stream));
            if (length <= 0) {
                if (!answers.readUntilWindow(stream)) {
                    return;
                }
                continue;
            }
            byte[] part = Arrays.copyOfRange(content, sent, sent + length);
            sent += length;
            answers.sent(stream, length);
            peer.send(new Frames()
                    .frame(Frames.DATA, sent == content.length ? Frames.END_STREAM : 0, stream, part)
                    .bytes());
        }
    }

    @Override
    public String beginning() {
        return answers.beginning();
    }

    @Override
    public void close() {
        peer.close();
    }
}
