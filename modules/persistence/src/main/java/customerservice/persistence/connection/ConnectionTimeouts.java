package customerservice.persistence.connection;

import java.time.Duration;

/**
 * How long anything may wait for the database.
 *
 * <p>The driver takes whole seconds for {@code connect} and {@code socket}; parts of a second are rounded up.
 *
 * @param connect for TCP, TLS and authentication together, of each host that the URL names
 * @param socket for an answer of the server; longer than {@code statement}, so that a slow statement ends by itself and
 *     not together with its connection
 * @param statement after which the server gives a statement up
 */
public record ConnectionTimeouts(Duration connect, Duration socket, Duration statement) {

    private static final DurationRange CONNECT = new DurationRange(1, 60_000);
    private static final DurationRange ANSWER = new DurationRange(1, 600_000);

    /** @throws IllegalArgumentException naming the timeout that is out of its limits */
    public ConnectionTimeouts {
        CONNECT.require(connect, "connectTimeout must be at most 60 s");
        ANSWER.require(socket, "socketTimeout must be at most 600 s");
        ANSWER.require(statement, "statementTimeout must be at most 600 s");
        if (statement.compareTo(socket) >= 0) {
            throw new IllegalArgumentException("statementTimeout must be shorter than socketTimeout");
        }
    }

    /** 2 s to connect, and 2 s for an answer of which the server uses 1.5 s at most. */
    static ConnectionTimeouts defaults() {
        return new ConnectionTimeouts(Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofMillis(1_500));
    }
}
