package customerservice.api;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client that says exactly what it is told to, and so also what no proper client would. */
public final class Connection implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 20_000;

    private final Socket socket;
    private final InputStream in;

    Connection(int port) {
        this(port, 0);
    }

    /** @param receiveBuffer of the kernel, in bytes; 0 for the usual */
    public Connection(int port, int receiveBuffer) {
        try {
            socket = new Socket();
            if (receiveBuffer > 0) {
                socket.setReceiveBufferSize(receiveBuffer);
            }
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            socket.setSoTimeout(TIMEOUT_MILLIS);
            in = socket.getInputStream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Connection send(String text) {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    public Connection send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next answer; {@code bodyless} after HEAD. */
    public Reply read(boolean bodyless) {
        try {
            var head = new ByteArrayOutputStream();
            while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
                int next = in.read();
                if (next < 0) {
                    throw new EOFException("The connection ended after: " + head);
                }
                head.write(next);
            }
            var reply = new Reply(head.toString(StandardCharsets.ISO_8859_1), new byte[0]);
            int length = reply.field("Content-Length").map(Integer::parseInt).orElse(0);
            byte[] body = in.readNBytes(bodyless ? 0 : length);
            if (!bodyless && body.length < length) {
                throw new EOFException("The body ended after " + body.length + " bytes");
            }
            return new Reply(reply.head(), body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of the next answer; its body is left to be read from {@link #in}. */
    public Reply readHead() {
        return read(true);
    }

    public Reply read() {
        return read(false);
    }

    /** Waits for the server to close, which it must do without sending anything more. */
    public boolean isClosedByServer() {
        try {
            return in.read() < 0;
        } catch (IOException e) {
            // A reset is a close as well.
            return true;
        }
    }

    public InputStream in() {
        return in;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
