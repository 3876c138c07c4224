package customerservice.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** One connection to the public listener, on which anything may be sent. */
final class Peer implements AutoCloseable {

    /** For the server to say or to end something; more than every limit that the tests configure. */
    private static final int PATIENCE_MILLIS = 15_000;

    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 (\\d{3}) ");

    private final Socket plain;
    private final Socket socket;

    private Peer(Socket plain, Socket socket) {
        this.plain = plain;
        this.socket = socket;
    }

    /**
     * @param trust empty for a connection in clear
     * @param protocol of ALPN
     * @param receiveBuffer bytes that the system takes before it stops the server; 0 for the system's default
     */
    static Peer connect(int port, Optional<SSLContext> trust, String protocol, int receiveBuffer) throws IOException {
        var plain = new Socket();
        try {
            if (receiveBuffer > 0) {
                plain.setReceiveBufferSize(receiveBuffer);
            }
            plain.setTcpNoDelay(true);
            plain.setSoTimeout(PATIENCE_MILLIS);
            plain.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
            if (trust.isEmpty()) {
                return new Peer(plain, plain);
            }
            var secure = (SSLSocket) trust.get().getSocketFactory().createSocket(plain, "127.0.0.1", port, true);
            SSLParameters parameters = secure.getSSLParameters();
            parameters.setApplicationProtocols(new String[]{protocol});
            secure.setSSLParameters(parameters);
            secure.startHandshake();
            return new Peer(plain, secure);
        } catch (IOException e) {
            plain.close();
            throw e;
        }
    }

    InputStream in() throws IOException {
        return socket.getInputStream();
    }

    Peer send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    Peer send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** False if the server has closed the connection. */
    boolean trySend(byte[] bytes) {
        try {
            send(bytes);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Sends one block after the other until the server closes the connection; false if it does not in time. */
    boolean isClosedWhileSending(Supplier<byte[]> blocks) {
        var late = new AtomicBoolean();
        var closed = new CountDownLatch(1);
        Thread.startVirtualThread(() -> {
            try {
                late.set(!closed.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS));
            } catch (InterruptedException e) {
                late.set(true);
            }
            close();
        });
        try {
            while (true) {
                socket.getOutputStream().write(blocks.get());
            }
        } catch (IOException e) {
            return !late.get();
        } finally {
            closed.countDown();
        }
    }

    /** All that the server still says until it closes, which it has to; empty when it resets the connection. */
    String readToEnd() throws SocketTimeoutException {
        var said = new ByteArrayOutputStream();
        try {
            in().transferTo(said);
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException e) {
            // Closed while this side still sent.
        }
        return said.toString(StandardCharsets.ISO_8859_1);
    }

    /** Tells the server that nothing more comes. */
    Peer finish() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    /** The same, but over TLS without saying so. */
    Peer finishWithoutFarewell() throws IOException {
        plain.shutdownOutput();
        return this;
    }

    /** Over TLS 1.3: new keys, and the server is asked for new ones of its own (RFC 8446, section 4.6.3). */
    Peer updateKeys() throws IOException {
        ((SSLSocket) socket).startHandshake();
        return this;
    }

    /** Then {@link #close} throws away what was not sent yet, and resets the connection. */
    void resetOnClose() throws IOException {
        plain.setSoLinger(true, 0);
    }

    /** The status of each HTTP/1.1 answer. */
    static List<Integer> statuses(String said) {
        List<Integer> found = new ArrayList<>();
        Matcher status = STATUS.matcher(said);
        while (status.find()) {
            found.add(Integer.parseInt(status.group(1), 10));
        }
        return found;
    }

    /** At once, whatever another thread does on it, and over TLS without a farewell. */
    @Override
    public void close() {
        try {
            plain.close();
        } catch (IOException e) {
            // Then it is gone already.
        }
    }
}
