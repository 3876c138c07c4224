package customerservice.persistence.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.testsupport.FreePort;
import customerservice.testsupport.PostgresCluster;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The first host of the URL is without power: nobody refuses a connection, and nobody takes one. */
@Tag("slow")
class LostHostTest {

    /** Longer than the driver remembers what it knows of a host. */
    private static final Duration FORGETTING = Duration.ofMillis(2_500);

    @AutoClose
    private static final PostgresCluster CLUSTER = PostgresCluster.open();

    private final List<Socket> waiting = new ArrayList<>();
    private ServerSocket lost;
    private ConnectionSource source;

    @BeforeEach
    void connectToNobody() throws IOException {
        // Listened on again in a test: not a port that the kernel gives to others meanwhile.
        lost = new ServerSocket(FreePort.next(), 1, InetAddress.getLoopbackAddress());
        // The kernel answers for a listener that never accepts until its queue is full, and from then on not at all.
        boolean taken = true;
        while (taken) {
            taken = isTaken();
        }
        source = new ConnectionSource(
                DatabaseSettings.of(
                        "jdbc:postgresql://127.0.0.1:" + lost.getLocalPort() + ",127.0.0.1:" + CLUSTER.port()
                                + "/postgres",
                        PostgresCluster.SUPERUSER,
                        CLUSTER.password()));
    }

    private boolean isTaken() throws IOException {
        var socket = new Socket();
        waiting.add(socket);
        try {
            socket.connect(new InetSocketAddress(lost.getInetAddress(), lost.getLocalPort()), 200);
            return true;
        } catch (SocketTimeoutException full) {
            return false;
        }
    }

    @AfterEach
    void close() throws IOException {
        for (Socket socket : waiting) {
            socket.close();
        }
        lost.close();
    }

    @Test
    void theFirstConnectionFindsTheHostThatIsThere() throws SQLException {
        try (Connection connection = source.getConnection()) {
            assertTrue(connection.isValid(1));
        }
    }

    @Test
    void laterOnesDoNotTryTheLostHostAgain() throws SQLException, IOException, InterruptedException {
        source.getConnection().close();
        int port = lost.getLocalPort();
        lost.close();
        Thread.sleep(FORGETTING);
        try (var attempts = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            attempts.setSoTimeout(200);
            source.connectToProbe().close();
            assertThrows(SocketTimeoutException.class, attempts::accept);
        }
    }

    @Test
    void thePoolIsToldOnceThatAnotherHostIsThePrimary() throws SQLException {
        var changes = new AtomicInteger();
        source.whenPrimaryChanged(changes::incrementAndGet);
        source.getConnection().close();
        source.getConnection().close();
        assertEquals(1, changes.get());
    }
}
