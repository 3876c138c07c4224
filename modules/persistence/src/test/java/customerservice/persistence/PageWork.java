package customerservice.persistence;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;

/**
 * How much of the database a statement goes through, by the server's own account: that is the same however fast the
 * machine is.
 */
public final class PageWork implements AutoCloseable {

    /** A plan is made from the values of a statement, or once for all values. */
    public enum Plan {
        CUSTOM,
        GENERIC
    }

    private static final Pattern BLOCKS = Pattern.compile("\"Shared (?:Hit|Read) Blocks\": (\\d+)");
    private static final Pattern DISCARDED = Pattern.compile("\"Rows Removed by [A-Za-z ]+\": (\\d+)");

    private final Connection connection;
    private final Handle handle;

    public PageWork(TestDatabase database) {
        var properties = new Properties();
        properties.setProperty("user", database.ownerSettings().user());
        properties.setProperty("password", database.ownerSettings().password());
        // Values are written into the text: EXPLAIN EXECUTE takes them in no other way.
        properties.setProperty("preferQueryMode", "simple");
        try {
            connection = DriverManager.getConnection(database.ownerSettings().url(), properties);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        handle = Jdbi.create(connection).open();
    }

    /** Asserts that a statement reads no more than so many blocks, and discards no more of the rows in them. */
    public void assertBounded(int blocks, Plan plan, String sql, UnaryOperator<Query> binder) {
        String explained = explain(plan, sql, binder);
        // The first node's are those of all.
        Matcher all = BLOCKS.matcher(explained);
        long read = 0;
        for (int i = 0; i < 2 && all.find(); i++) {
            read += Long.parseLong(all.group(1));
        }
        long discarded = DISCARDED.matcher(explained)
                .results()
                .mapToLong(match -> Long.parseLong(match.group(1)))
                .sum();
        String told = plan + ", " + read + " blocks, " + discarded + " rows discarded: " + sql + "\n" + explained;
        assertTrue(read <= blocks && discarded <= blocks, told);
    }

    private String explain(Plan plan, String sql, UnaryOperator<Query> binder) {
        try (Statement statement = connection.createStatement()) {
            int values = 0;
            var numbered = new StringBuilder();
            for (String part : sql.split("\\?", -1)) {
                numbered.append(values == 0 ? "" : "$" + values).append(part);
                values++;
            }
            values--;
            statement.execute("set plan_cache_mode = "
                    + (plan == Plan.CUSTOM ? "force_custom_plan" : "force_generic_plan"));
            statement.execute("prepare page as " + numbered);
            String execute = "explain (analyze, buffers, timing off, summary off, format json) execute page("
                    + "?, ".repeat(values - 1) + "?)";
            String explained = binder.apply(handle.createQuery(execute))
                    .map((row, context) -> row.getString(1))
                    .one();
            statement.execute("deallocate page");
            return explained;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        handle.close();
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
