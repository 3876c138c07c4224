package customerservice.persistence.schema;

import customerservice.persistence.connection.SqlState;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
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

    private SchemaCheck() {}

    public static SchemaStatus check(Connection connection) throws SQLException {
        try {
            return compare(expected(), applied(connection));
        } catch (SQLException e) {
            if (SqlState.of(e).equals(SqlState.INSUFFICIENT_PRIVILEGE)) {
                return new SchemaStatus.NotReadable();
            }
            throw e;
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
        } catch (SQLException e) {
            if (!SqlState.of(e).equals(SqlState.UNDEFINED_TABLE)) {
                throw e;
            }
            // An empty database.
        }
        return applied;
    }

    static Map<String, String> expected() {
        var expected = new LinkedHashMap<String, String>();
        try (InputStream resource = SchemaCheck.class.getResourceAsStream(EXPECTED);
                var lines = new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                int space = line.indexOf(' ');
                expected.put(line.substring(0, space), line.substring(space + 1));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return expected;
    }
}
