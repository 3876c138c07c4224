package customerservice.testbed;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The network between a service and its database, which can swallow everything, or only the reply to one statement.
 * Loopback only.
 */
final class DatabaseProxy implements AutoCloseable {

    private final TestDatabase database;
    private final ServerSocket listening;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile String lastWords = "";
    private volatile boolean silent;

    DatabaseProxy(TestDatabase database) {
        this.database = database;
        try {
            listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    /** Of the same database by way of this proxy, for the JDBC driver. */
    String url() {
        return database.url().replace(":" + database.cluster().port() + "/", ":" + listening.getLocalPort() + "/");
    }

    /**
     * A statement that carries this text, in a parameter or otherwise, still reaches the server; but nothing that the
     * server says on that connection from then on reaches the service. The connection stays open.
     */
    void withholdReplyTo(String text) {
        lastWords = text;
    }

    /** Swallows everything that either side says, on connections that there are and on new ones. */
    void silence() {
        silent = true;
    }

    /** Ends all connections; new ones work. */
    void repair() {
        closeAll();
        lastWords = "";
        silent = false;
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listening.accept();
                sockets.add(client);
                var server = new Socket(
                        InetAddress.getLoopbackAddress(), database.cluster().port());
                sockets.add(server);
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                var link = new Link(client, server);
                Thread.ofVirtual().start(link::copyQuestions);
                Thread.ofVirtual().start(link::copyReplies);
            }
        } catch (IOException e) {
            // closed, or the database is gone
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

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        closeAll();
    }

    private final class Link {

        private final Socket client;
        private final Socket server;
        private volatile boolean withheld;

        Link(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        void copyQuestions() {
            copy(client, server, bytes -> {
                // The driver sends a statement with its parameters in one piece.
                if (!lastWords.isEmpty() && new String(bytes, StandardCharsets.ISO_8859_1).contains(lastWords)) {
                    withheld = true;
                }
                return !silent;
            });
        }

        void copyReplies() {
            copy(server, client, bytes -> !withheld && !silent);
        }

        private void copy(Socket from, Socket to, Filter filter) {
            byte[] buffer = new byte[65_536];
            try (from; to) {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    if (filter.passes(Arrays.copyOf(buffer, n))) {
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
        boolean passes(byte[] bytes);
    }
}
