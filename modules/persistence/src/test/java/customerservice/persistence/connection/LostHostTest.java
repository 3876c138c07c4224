package customerservice.persistence.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.testsupport.FreePort;
import customerservice.testsupport.PostgresCluster;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The first host of the URL is without power: nobody refuses a connection, and nobody takes one. */
@Tag("slow")
class LostHostTest {

    @AutoClose
    private static final PostgresCluster CLUSTER = PostgresCluster.open();

    private final List<Socket> waiting = new ArrayList<>();
    private ServerSocket lost;
    private ConnectionSource source;

    @BeforeEach
    void connectToNobody() throws IOException {
        lost = listenToNobody();
        source = new ConnectionSource(settings(lost.getLocalPort(), CLUSTER.port()));
    }

    private ServerSocket listenToNobody() throws IOException {
        // Listened on again in a test: not a port that the kernel gives to others meanwhile.
        var listener = new ServerSocket(FreePort.next(), 1, InetAddress.getLoopbackAddress());
        // The kernel answers for a listener that never accepts until its queue is full, and from then on not at all.
        boolean taken = true;
        while (taken) {
            taken = isTaken(listener);
        }
        return listener;
    }

    private boolean isTaken(ServerSocket listener) throws IOException {
        var socket = new Socket();
        waiting.add(socket);
        try {
            socket.connect(listener.getLocalSocketAddress(), 200);
            return true;
        } catch (SocketTimeoutException full) {
            return false;
        }
    }

    private static DatabaseSettings settings(int... ports) {
        String hosts = IntStream.of(ports).mapToObj(port -> "127.0.0.1:" + port).collect(Collectors.joining(","));
        return DatabaseSettings.of(
                "jdbc:postgresql://" + hosts + "/postgres", PostgresCluster.SUPERUSER, CLUSTER.password());
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
    void eachHostHasTheWholeTimeToTakeAConnection() throws SQLException, IOException {
        try (ServerSocket alsoLost = listenToNobody()) {
            var settings = settings(lost.getLocalPort(), alsoLost.getLocalPort(), CLUSTER.port());
            long begun = System.nanoTime();
            new ConnectionSource(settings).getConnection().close();
            Duration waited = Duration.ofNanos(System.nanoTime() - begun);
            assertTrue(waited.compareTo(settings.timeouts().connect().multipliedBy(2)) >= 0, waited::toString);
        }
    }

    @Test
    void aServerThatRefusesIsToldOfRatherThanOneThatIsLost() {
        DatabaseSettings settings = settings(CLUSTER.port(), lost.getLocalPort());
        var wrong = DatabaseSettings.of(settings.url(), settings.user(), "wrong");
        SQLException refused = assertThrows(
                SQLException.class, () -> new ConnectionSource(wrong).getConnection());
        assertEquals("28P01", refused.getSQLState());
    }

    @Test
    void laterOnesDoNotTryTheLostHostAgain() throws SQLException, IOException {
        source.getConnection().close();
        int port = lost.getLocalPort();
        lost.close();
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
