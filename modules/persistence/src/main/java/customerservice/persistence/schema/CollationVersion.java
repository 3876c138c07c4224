package customerservice.persistence.schema;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * Whether text is ordered as it was when the database was made. All that this service sorts or finds by an index has the
 * collation "C", which never changes; what else is in the database may not.
 */
public final class CollationVersion {

    /** The first version that remembers it. */
    private static final int REMEMBERED_SINCE = 15;

    private static final String VERSIONS = """
            select datcollversion, pg_database_collation_actual_version(oid) from pg_database
            where datname = current_database()
              and datcollversion <> coalesce(pg_database_collation_actual_version(oid), 'none')
            """;

    private CollationVersion() {}

    /** What has changed, to be read after "the database"; empty if nothing has, or nobody knows. */
    public static Optional<String> change(Connection connection) throws SQLException {
        if (connection.getMetaData().getDatabaseMajorVersion() < REMEMBERED_SINCE) {
            return Optional.empty();
        }
        try (Statement query = connection.createStatement(); ResultSet row = query.executeQuery(VERSIONS)) {
            return row.next()
                    ? Optional.of("was made with version " + row.getString(1)
                            + " of its collation, and the server has version " + row.getString(2)
                            + "; docs/decisions/0075 says what to rebuild")
                    : Optional.empty();
        }
    }
}
