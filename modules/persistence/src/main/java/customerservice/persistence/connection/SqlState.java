package customerservice.persistence.connection;

import java.net.ConnectException;
import java.sql.SQLException;
import java.util.Optional;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * What the server's error codes mean here.
 *
 * @see <a href="https://www.postgresql.org/docs/current/errcodes-appendix.html">PostgreSQL error codes</a>
 */
public final class SqlState {

    static final String UNABLE_TO_CONNECT = "08001";
    static final String READ_ONLY_TRANSACTION = "25006";
    static final String SERIALIZATION_FAILURE = "40001";
    static final String DEADLOCK_DETECTED = "40P01";
    public static final String INSUFFICIENT_PRIVILEGE = "42501";
    public static final String UNDEFINED_TABLE = "42P01";
    static final String UNIQUE_VIOLATION = "23505";
    static final String LOCK_NOT_AVAILABLE = "55P03";
    static final String QUERY_CANCELED = "57014";

    private static final String CONNECTION_EXCEPTION = "08";
    private static final String INSUFFICIENT_RESOURCES = "53";
    private static final String DISK_FULL = "53100";
    /** What the operating system refuses: 58030 is io_error. */
    private static final String SYSTEM_ERROR = "58";
    /** 57P01 admin_shutdown, 57P02 crash_shutdown, 57P03 cannot_connect_now, 57P05 idle_session_timeout. */
    private static final String OPERATOR_INTERVENTION = "57P";

    private SqlState() {}

    /** Whether the server, or the way to it, is gone: nothing is wrong with the statement. */
    static boolean isConnectionLost(SQLException e) {
        String state = of(e);
        // The pool's own, such as that it is closed, have none.
        return state.isEmpty()
                || state.startsWith(CONNECTION_EXCEPTION)
                || state.startsWith(OPERATOR_INTERVENTION)
                // A primary that has become a standby in the meantime.
                || state.equals(READ_ONLY_TRANSACTION);
    }

    /** Whether the server is there, although it has said no: a probe that it gave up for its time limit was not answered. */
    static boolean isAnswer(SQLException e) {
        return !isConnectionLost(e) && !of(e).equals(QUERY_CANCELED);
    }

    /** Whether nobody listens there, or the server lets nobody in like this; one that only starts is waited for. */
    static boolean isRefusal(SQLException e) {
        return e.getCause() instanceof ConnectException
                || (server(e).isPresent() && !of(e).startsWith(OPERATOR_INTERVENTION)
                        && !of(e).startsWith(INSUFFICIENT_RESOURCES));
    }

    /** Whether the same statement may succeed if tried again at once. */
    static boolean isTransient(SQLException e) {
        String state = of(e);
        return state.equals(SERIALIZATION_FAILURE) || state.equals(DEADLOCK_DETECTED);
    }

    /** Whether the server cannot write, or read, its files: nothing is wrong with the statement, and waiting does not help. */
    static boolean isDiskFailure(SQLException e) {
        String state = of(e);
        return state.equals(DISK_FULL) || state.startsWith(SYSTEM_ERROR);
    }

    /** Whether the server gave up because something took too long, or has too much to do. */
    static boolean isOverloaded(SQLException e) {
        String state = of(e);
        return state.equals(QUERY_CANCELED)
                || state.equals(LOCK_NOT_AVAILABLE)
                || state.startsWith(INSUFFICIENT_RESOURCES);
    }

    /** The name of the unique constraint or index that was violated. */
    public static Optional<String> uniqueViolation(SQLException e) {
        return of(e).equals(UNIQUE_VIOLATION)
                ? server(e).map(ServerErrorMessage::getConstraint)
                : Optional.empty();
    }

    /** Whether a lock could not be had in time, and the wait was for this table. */
    public static boolean isLockTimeout(SQLException e, String table) {
        return of(e).equals(LOCK_NOT_AVAILABLE)
                && server(e).map(ServerErrorMessage::getWhere)
                        .filter(where -> where.contains(table))
                        .isPresent();
    }

    public static String of(SQLException e) {
        return e.getSQLState() == null ? "" : e.getSQLState();
    }

    private static Optional<ServerErrorMessage> server(SQLException e) {
        return e instanceof PSQLException server
                ? Optional.ofNullable(server.getServerErrorMessage())
                : Optional.empty();
    }
}
