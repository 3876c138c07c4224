package customerservice.testsupport;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The network between a service and its database, which can be cut, and which can swallow everything, or only the reply
 * to one statement. Loopback only.
 */
public final class DatabaseProxy implements AutoCloseable {

    private static final String JDBC = "jdbc:";

    private final String databaseUrl;
    private final int databasePort;
    private final ServerSocket listening;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile String lastWords = "";
    private volatile boolean cut;
    private volatile boolean silent;

    /** @param databaseUrl for the JDBC driver, such as {@code jdbc:postgresql://127.0.0.1:5432/customers} */
    public DatabaseProxy(String databaseUrl) {
        this.databaseUrl = Objects.requireNonNull(databaseUrl, "databaseUrl");
        databasePort = URI.create(databaseUrl.substring(JDBC.length())).getPort();
        try {
            listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    /** Of the same database by way of this proxy. */
    public String url() {
        return databaseUrl.replace(":" + databasePort + "/", ":" + listening.getLocalPort() + "/");
    }

    /** Breaks every connection, and every new one. */
    public void cut() {
        cut = true;
        closeAll();
    }

    /**
     * A statement that carries this text, in a parameter or otherwise, still reaches the server; but nothing that the
     * server says on that connection from then on reaches the service. The connection stays open.
     */
    public void withholdReplyTo(String text) {
        lastWords = Objects.requireNonNull(text, "text");
    }

    /** Swallows everything that either side says, on connections that there are and on new ones. */
    public void silence() {
        silent = true;
    }

    /** Ends all connections; new ones work. */
    public void repair() {
        cut = false;
        lastWords = "";
        silent = false;
        closeAll();
    }

    private void accept() {
        try {
            while (true) {
                connect(listening.accept());
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void connect(Socket client) throws IOException {
        sockets.add(client);
        try {
            var server = new Socket(InetAddress.getLoopbackAddress(), databasePort);
            sockets.add(server);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            var link = new Link(client, server);
            Thread.ofVirtual().start(link::copyQuestions);
            Thread.ofVirtual().start(link::copyReplies);
        } catch (IOException databaseGone) {
            client.close();
            sockets.remove(client);
        }
        if (cut || listening.isClosed()) {
            closeAll(); // of which whoever cut could not know this one
        }
    }

    private void closeAll() {
        for (Socket socket : sockets) {
            try {
                socket.close();
            } catch (IOException e) {
                // gone already
            }
        }
    }

    /** Ends all connections and takes no more. */
    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        closeAll();
    }

    /** Once part of what one side said has been swallowed, the rest would make no sense to the other. */
    private final class Link {

        private final Socket client;
        private final Socket server;
        private volatile boolean questionsSwallowed;
        private volatile boolean repliesSwallowed;

        Link(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        void copyQuestions() {
            copy(client, server, (bytes, length) -> {
                // The driver sends a statement with its parameters in one piece.
                if (!lastWords.isEmpty()
                        && new String(bytes, 0, length, StandardCharsets.ISO_8859_1).contains(lastWords)) {
                    repliesSwallowed = true;
                }
                if (silent) {
                    questionsSwallowed = true;
                }
                return !questionsSwallowed;
            });
        }

        void copyReplies() {
            copy(server, client, (bytes, length) -> {
                if (silent) {
                    repliesSwallowed = true;
                }
                return !repliesSwallowed;
            });
        }

        private void copy(Socket from, Socket to, Filter filter) {
            byte[] buffer = new byte[65_536];
            try (from; to) {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    if (filter.passes(buffer, n)) {
                        out.write(buffer, 0, n);
                    }
                }
            } catch (IOException e) {
                // one side is gone, and so is the other
            } finally {
                sockets.remove(from);
                sockets.remove(to);
            }
        }
    }

    @FunctionalInterface
    private interface Filter {
        boolean passes(byte[] bytes, int length);
    }
}
