package customerservice.persistence.identity;

import customerservice.domain.audit.AuditEntry;
import customerservice.domain.identity.FailedSignIns;
import customerservice.domain.identity.FailedSignIns.By;
import customerservice.domain.identity.SignInHistory;
import customerservice.domain.identity.User;
import customerservice.persistence.audit.AuditRows;
import customerservice.persistence.connection.Gate;
import customerservice.persistence.sql.Parameters;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The history of sign-ins in PostgreSQL, by the database's clock. What is forgotten is deleted by those who fail next,
 * more rows than they add, so that it needs no sweep.
 */
public final class PostgresSignInHistory implements SignInHistory {

    /** One row, also for a name that nobody has. */
    private static final String STANDING = """
            select u.id, u.username, u.role, u.password_hash, u.active, u.created_at, k.user_id is not null,
              extract(epoch from p.forgotten_at - now())::float8, extract(epoch from now() - p.last_failed_at)::float8,
              extract(epoch from n.forgotten_at - now())::float8, extract(epoch from now() - n.last_failed_at)::float8,
              extract(epoch from s.forgotten_at - now())::float8, extract(epoch from now() - s.last_failed_at)::float8
            from (select 1) one
            left join users u on lower(u.username) = lower(?)
            left join known_networks k
              on k.user_id = u.id and k.network = ? and k.last_sign_in_at > now() - interval '90 days'
            left join sign_in_failures p on p.key = ?
            left join sign_in_failures n on n.key = ?
            left join sign_in_failures s on s.key = ?
            """;

    /**
     * The rows are locked in the order of the kinds, in which all attempts agree, and before any other is deleted: left to
     * themselves, the parts of such a statement run from the last to the first, and two attempts would each have deleted
     * what the other one counts.
     */
    private static final String FAILED = """
            with counted as (
              insert into sign_in_failures as f (key, forgotten_at, last_failed_at)
              select a.key, now() + make_interval(secs => a.memory), now()
              from (values (1, ?, ?::float8), (2, ?, ?::float8), (3, ?, ?::float8)) a (kind, key, memory)
              order by a.kind
              on conflict (key) do update set
                forgotten_at = least(
                  greatest(f.forgotten_at, now()) + (excluded.forgotten_at - now()),
                  now() + %1$d * (excluded.forgotten_at - now())),
                last_failed_at = greatest(f.last_failed_at, now())
              returning 1
            ), forgotten as (
              delete from sign_in_failures where key in (
                select key from sign_in_failures
                where (select count(*) from counted) > 0 and forgotten_at < now() and key <> all (?)
                order by forgotten_at limit 6 for update skip locked
              )
            )
            """.formatted(FailedSignIns.MOST) + AuditRows.INSERT_VALUES;

    /** Two networks of one user, both long unused, are not each deleted from the other one. */
    private static final String SUCCEEDED = """
            with forgiven as (
              delete from sign_in_failures where key = ?
            ), forgotten as (
              delete from known_networks where (user_id, network) in (
                select user_id, network from known_networks
                where user_id = ? and network <> ? and last_sign_in_at < now() - interval '90 days'
                for update skip locked
              )
            )
            insert into known_networks as k (user_id, network, last_sign_in_at)
            select id, ?, now() from users where id = ? for key share
            on conflict (user_id, network) do update set last_sign_in_at = excluded.last_sign_in_at
            where k.last_sign_in_at < now() - interval '1 day'
            """;

    private final Gate gate;

    public PostgresSignInHistory(Gate gate) {
        this.gate = gate;
    }

    @Override
    public Standing standing(String username, String network) {
        return gate.call(handle -> {
            var query = handle.createQuery(STANDING);
            new Parameters(query).text(username)
                    .text(network)
                    .text(key(By.NAME_AND_NETWORK, username, network))
                    .text(key(By.NAME, username, network))
                    .text(key(By.NETWORK, username, network));
            return query.map((row, context) -> standing(row)).one();
        });
    }

    @Override
    public void failed(String username, String network, AuditEntry audit) {
        gate.call(handle -> {
            var update = handle.createUpdate(FAILED);
            var parameters = new Parameters(update);
            for (By by : By.values()) {
                parameters.text(key(by, username, network)).number(by.memory().toSeconds());
            }
            parameters.texts(
                    List.of(
                            key(By.NAME_AND_NETWORK, username, network),
                            key(By.NAME, username, network),
                            key(By.NETWORK, username, network)));
            AuditRows.bind(audit, parameters);
            return update.execute();
        });
    }

    @Override
    public void succeeded(UUID user, String username, String network) {
        gate.call(handle -> {
            var update = handle.createUpdate(SUCCEEDED);
            new Parameters(update).text(key(By.NAME_AND_NETWORK, username, network))
                    .uuid(user)
                    .text(network)
                    .text(network)
                    .uuid(user);
            return update.execute();
        });
    }

    /** Neither names nor networks have a blank. */
    private static String key(By by, String username, String network) {
        return switch (by) {
            case NAME_AND_NETWORK -> "both " + username + " " + network;
            case NAME -> "name " + username;
            case NETWORK -> "network " + network;
        };
    }

    private static Standing standing(ResultSet row) throws SQLException {
        Optional<User> user = row.getObject(1) == null ? Optional.empty() : Optional.of(PostgresUsers.user(row));
        return new Standing(
                user,
                row.getBoolean(7),
                failures(row, 8, By.NAME_AND_NETWORK),
                failures(row, 10, By.NAME),
                failures(row, 12, By.NETWORK));
    }

    private static FailedSignIns failures(ResultSet row, int column, By by) throws SQLException {
        double ahead = row.getDouble(column);
        if (row.wasNull() || ahead <= 0) {
            return FailedSignIns.NONE;
        }
        int count = (int) Math.ceil(ahead / by.memory().toSeconds());
        return new FailedSignIns(count, Duration.ofMillis((long) (row.getDouble(column + 1) * 1_000)));
    }
}
