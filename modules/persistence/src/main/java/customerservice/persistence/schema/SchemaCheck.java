package customerservice.persistence.schema;

import customerservice.persistence.connection.SqlState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Compares Liquibase's own record of what it applied with what this release knows, without Liquibase: loading it would
 * cost more than everything else at start.
 */
public final class SchemaCheck {

    /** One migration a line: its id, a space, its checksum as Liquibase computes it. A test keeps it true. */
    static final String EXPECTED = "/META-INF/db/expected-migrations.txt";

    private static final String APPLIED = "select id, md5sum from databasechangelog";

    /** PostgreSQL says of a table in a schema that the role may not use that there is none. */
    private static final String IS_HIDDEN = """
            select exists (
              select from pg_class join pg_namespace schema on schema.oid = relnamespace
              where relname = 'databasechangelog' and not has_schema_privilege(schema.oid, 'usage')
                and nspname in (
                  select replace(trim(both ' "' from name), '$user', current_user)
                  from unnest(string_to_array(current_setting('search_path'), ',')) name))
            """;

    private SchemaCheck() {}

    public static SchemaStatus check(Connection connection) throws SQLException {
        Map<String, String> applied;
        try {
            applied = applied(connection);
        } catch (SQLException e) {
            return switch (SqlState.of(e)) {
                case SqlState.INSUFFICIENT_PRIVILEGE -> new SchemaStatus.NotReadable();
                case SqlState.UNDEFINED_TABLE -> withoutRecord(connection);
                default -> throw e;
            };
        }
        return compare(expected(), applied);
    }

    /** An empty database, or one that looks like it. */
    private static SchemaStatus withoutRecord(Connection connection) throws SQLException {
        try (Statement query = connection.createStatement(); ResultSet row = query.executeQuery(IS_HIDDEN)) {
            row.next();
            return row.getBoolean(1) ? new SchemaStatus.NotReadable() : compare(expected(), Map.of());
        }
    }

    private static SchemaStatus compare(Map<String, String> expected, Map<String, String> applied) {
        List<String> missing = new ArrayList<>();
        List<String> different = new ArrayList<>();
        expected.forEach((id, checksum) -> {
            if (!applied.containsKey(id)) {
                missing.add(id);
            } else if (!checksum.equals(applied.get(id))) {
                different.add(id);
            }
        });
        if (!different.isEmpty()) {
            return new SchemaStatus.Different(different);
        }
        return missing.isEmpty() ? new SchemaStatus.Current() : new SchemaStatus.Behind(missing);
    }

    private static Map<String, String> applied(Connection connection) throws SQLException {
        var applied = new HashMap<String, String>();
        try (PreparedStatement statement = connection.prepareStatement(APPLIED);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                applied.put(row.getString(1), row.getString(2));
            }
        }
        return applied;
    }

    static Map<String, String> expected() {
        var expected = new LinkedHashMap<String, String>();
        for (String line : ExpectedLines.of(EXPECTED)) {
            int space = line.indexOf(' ');
            expected.put(line.substring(0, space), line.substring(space + 1));
        }
        return expected;
    }
}
