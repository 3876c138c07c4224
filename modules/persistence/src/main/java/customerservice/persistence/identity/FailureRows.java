package customerservice.persistence.identity;

import customerservice.domain.identity.FailedAttempts;
import customerservice.domain.identity.FailedAttempts.By;
import customerservice.persistence.sql.Parameters;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Failures in PostgreSQL, by the database's clock. What is forgotten is deleted by those who fail next, more rows than
 * they add, so that a flood makes room for itself; the rest is swept.
 */
final class FailureRows {

    /**
     * To be followed by what happens together with the failure. The rows are locked in the order of the kinds, in which
     * all attempts agree, and before any other is deleted: left to themselves, the parts of such a statement run from the
     * last to the first, and two attempts would each have deleted what the other one counts.
     */
    static final String COUNT = """
            with attempt as (
              select kind, key, memory, most
              from unnest(?::text[], ?::text[]::float8[], ?::text[]::integer[])
                with ordinality a (key, memory, most, kind)
            ), counted as (
              insert into sign_in_failures as f (key, forgotten_at, last_failed_at)
              select key, now() + make_interval(secs => memory), now() from attempt order by kind
              on conflict (key) do update set
                forgotten_at = least(
                  greatest(f.forgotten_at, now()) + (excluded.forgotten_at - now()),
                  now() + (select most from attempt where attempt.key = excluded.key)
                    * (excluded.forgotten_at - now())),
                last_failed_at = greatest(f.last_failed_at, now())
              returning 1
            ), forgotten as (
              delete from sign_in_failures where key in (
                select key from sign_in_failures
                where (select count(*) from counted) > 0 and forgotten_at < now()
                  and key not in (select key from attempt)
                order by forgotten_at limit 12 for update skip locked
              )
            )
            """;

    private FailureRows() {}

    /** What {@link #failures} reads: two columns of a row that may be missing. */
    static String columns(String alias) {
        return "extract(epoch from " + alias + ".forgotten_at - now())::float8, extract(epoch from now() - " + alias
                + ".last_failed_at)::float8";
    }

    /** The same keys in the same order for all that may count at the same time. */
    static Parameters bind(Map<By, String> keys, Parameters parameters) {
        var memories = new ArrayList<String>();
        var mosts = new ArrayList<String>();
        keys.keySet().forEach(by -> {
            memories.add(Long.toString(by.memory().toSeconds()));
            mosts.add(Integer.toString(by.most()));
        });
        return parameters.texts(List.copyOf(keys.values())).texts(memories).texts(mosts);
    }

    static FailedAttempts failures(ResultSet row, int column, By by) throws SQLException {
        double ahead = row.getDouble(column);
        if (row.wasNull() || ahead <= 0) {
            return FailedAttempts.NONE;
        }
        int count = (int) Math.ceil(ahead / by.memory().toSeconds());
        // Less than none after a failover to a server whose clock is behind.
        double since = Math.max(0, row.getDouble(column + 1));
        return new FailedAttempts(count, Duration.ofMillis((long) (since * 1_000)));
    }
}
