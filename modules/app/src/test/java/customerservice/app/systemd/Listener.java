package customerservice.app.systemd;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A listener that accepts connections; what it answers, if at all, is set from outside. */
final class Listener implements AutoCloseable {

    static final String GOOD = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

    /** Takes connections, and hangs. */
    static final String NOTHING = "";

    private final ServerSocket server;
    private final List<Socket> connections = new ArrayList<>();
    private final Thread accepting;
    private volatile String answer;

    public Listener(String answer) throws IOException {
        this.answer = answer;
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        accepting = Thread.ofPlatform().daemon().start(this::serve);
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    void answer(String text) {
        answer = text;
    }

    private void serve() {
        try {
            while (true) {
                Socket connection = server.accept();
                connections.add(connection);
                connection.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
            }
        } catch (IOException e) {
            // closed
        }
    }

    /** Nobody is accepted any more when this returns. */
    @Override
    public void close() {
        try {
            server.close();
            accepting.join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
