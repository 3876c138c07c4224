package customerservice.image;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** By HTTP/1.1. */
final class Http1Caller implements Caller {

    private static final int BEGINNING = 64;

    private final Peer peer;
    private final String authorization;
    private final InputStream in;
    private String beginning = "";

    /** @param authorization the field with the token */
    Http1Caller(Peer peer, String authorization) throws IOException {
        this.peer = peer;
        this.authorization = authorization;
        this.in = new BufferedInputStream(peer.in(), 65_536);
    }

    @Override
    public int call(String method, String path, String body, String... fields) throws IOException {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        var head = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n" + authorization + "\r\n");
        if (content.length > 0) {
            head.append("Content-Type: ").append(Caller.mediaType(method)).append("\r\n");
        }
        for (String field : fields) {
            head.append(field).append("\r\n");
        }
        head.append("Content-Length: ").append(content.length).append("\r\n\r\n");
        peer.send(head.toString()).send(content);
        return answer();
    }

    private int answer() throws IOException {
        int status = Integer.parseInt(line().substring(9, 12), 10);
        long length = 0;
        for (String line = line(); !line.isEmpty(); line = line()) {
            if (line.regionMatches(true, 0, "Content-Length:", 0, 15)) {
                length = Long.parseLong(line.substring(15).strip(), 10);
            }
        }
        byte[] first = in.readNBytes((int) Math.min(length, BEGINNING));
        beginning = new String(first, StandardCharsets.ISO_8859_1);
        in.skipNBytes(length - first.length);
        return status;
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("The server has closed");
            }
            line.append((char) c);
        }
        return line.toString().stripTrailing();
    }

    @Override
    public String beginning() {
        return beginning;
    }

    @Override
    public void close() {
        peer.close();
    }
}
