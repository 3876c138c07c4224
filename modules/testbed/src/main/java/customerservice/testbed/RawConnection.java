package customerservice.testbed;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One connection on which any bytes can be sent, also such as no HTTP client would. Never tries anything again, which
 * clients do behind one's back.
 */
public final class RawConnection implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Socket socket = new Socket();
    private final InputStream in;

    /** @throws IOException if it is refused */
    public RawConnection(URI address) throws IOException {
        this(address, "0.0.0.0");
    }

    /**
     * From an address of this host, such as any of 127.0.0.0/8.
     *
     * @throws IOException if it is refused
     */
    public RawConnection(URI address, String from) throws IOException {
        socket.bind(new InetSocketAddress(from, 0));
        socket.connect(new InetSocketAddress(address.getHost(), address.getPort()), (int) PATIENCE.toMillis());
        socket.setSoTimeout((int) PATIENCE.toMillis());
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** @throws IOException if the other side has closed */
    public void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    /** ISO 8859-1, so that every byte can be written. */
    public void send(String text) throws IOException {
        send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /**
     * The next answer, to any request but HEAD.
     *
     * @throws EOFException if the other side closes before it is complete; its message is {@code nothing} when it does so
     *     before the first byte
     */
    public Answer answer() throws IOException {
        String statusLine = line();
        if (statusLine.isEmpty()) {
            throw new EOFException("nothing");
        }
        int status = Integer.parseInt(statusLine, 9, 12, 10);
        Map<String, List<String>> fields = new HashMap<>();
        for (String field = line(); !field.isEmpty(); field = line()) {
            int colon = field.indexOf(':');
            fields.computeIfAbsent(field.substring(0, colon).toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                    .add(field.substring(colon + 1).strip());
        }
        HttpHeaders headers = HttpHeaders.of(fields, (name, value) -> true);
        return new Answer(status, headers, body(status, headers));
    }

    private byte[] body(int status, HttpHeaders headers) throws IOException {
        if (status == 204 || status == 304 || status < 200) {
            return new byte[0];
        }
        if (headers.firstValue("transfer-encoding").orElse("").equalsIgnoreCase("chunked")) {
            return chunks();
        }
        return headers.firstValue("content-length").isPresent()
                ? exactly((int) headers.firstValueAsLong("content-length").orElseThrow())
                : in.readAllBytes();
    }

    private byte[] chunks() throws IOException {
        var body = new ByteArrayOutputStream();
        while (true) {
            int size = Integer.parseInt(line().strip(), 16);
            body.writeBytes(exactly(size));
            line();
            if (size == 0) {
                return body.toByteArray();
            }
        }
    }

    private byte[] exactly(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException(bytes.length + " of " + length + " bytes");
        }
        return bytes;
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        while (true) {
            int c = in.read();
            if (c < 0) {
                if (line.isEmpty()) {
                    return "";
                }
                throw new EOFException("within a line: " + line);
            }
            if (c == '\n') {
                return line.toString();
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
