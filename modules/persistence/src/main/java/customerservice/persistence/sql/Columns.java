package customerservice.persistence.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/** Reads columns of types that JDBC offers several ways for. */
public final class Columns {

    private Columns() {}

    /** By way of Timestamp, which the driver makes from the binary form without a detour over text or time zones. */
    @SuppressWarnings("JavaUtilDate")
    public static Instant time(ResultSet row, int column) throws SQLException {
        return Instant.ofEpochMilli(row.getTimestamp(column).getTime());
    }
}
