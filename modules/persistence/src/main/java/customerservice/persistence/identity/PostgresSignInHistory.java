package customerservice.persistence.identity;

import customerservice.domain.audit.AuditEntry;
import customerservice.domain.identity.FailedAttempts.By;
import customerservice.domain.identity.SignInHistory;
import customerservice.domain.identity.SourceNetwork;
import customerservice.domain.identity.User;
import customerservice.persistence.audit.AuditRows;
import customerservice.persistence.connection.Gate;
import customerservice.persistence.sql.Parameters;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The history of sign-ins in PostgreSQL, by the database's clock. */
public final class PostgresSignInHistory implements SignInHistory {

    /** One row, also for a name that nobody has. */
    private static final String STANDING = """
            select u.id, u.username, u.role, u.password_hash, u.active, u.created_at, k.user_id is not null,
              %s, %s, %s, %s, %s, %s
            from (select 1) one
            left join users u on lower(u.username) = lower(? collate "C")
            left join known_networks k
              on k.user_id = u.id and k.network = ? and k.last_sign_in_at > now() - interval '90 days'
            left join sign_in_failures p on p.key = ?
            left join sign_in_failures n on n.key = ?
            left join sign_in_failures s on s.key = ?
            left join sign_in_failures o on o.key = ?
            left join sign_in_failures w on w.key = ?
            left join sign_in_failures b on b.key = ?
            """.formatted(
            FailureRows.columns("p"), FailureRows.columns("n"), FailureRows.columns("s"), FailureRows.columns("o"),
            FailureRows.columns("w"), FailureRows.columns("b"));

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
        Map<By, String> keys = keys(username, network, true);
        return gate.call(handle -> {
            var query = handle.createQuery(STANDING);
            new Parameters(query).text(username)
                    .text(network)
                    .text(keys.get(By.NAME_AND_NETWORK))
                    .text(keys.get(By.NAME))
                    .text(keys.get(By.NETWORK))
                    .text(keys.get(By.KNOWN_NETWORK))
                    .text(Optional.ofNullable(keys.get(By.SITE)))
                    .text(Optional.ofNullable(keys.get(By.NAME_AND_SITE)));
            return query.map((row, context) -> standing(row)).one();
        });
    }

    @Override
    public void failed(String username, String network, boolean knownNetwork, AuditEntry audit) {
        Map<By, String> keys = keys(username, network, knownNetwork);
        gate.call(handle -> {
            var update = handle.createUpdate(FailureRows.COUNT + AuditRows.insertValues(audit));
            AuditRows.bind(audit, FailureRows.bind(keys, new Parameters(update)));
            return update.execute();
        });
    }

    @Override
    public void succeeded(UUID user, String username, String network) {
        gate.call(handle -> {
            var update = handle.createUpdate(SUCCEEDED);
            new Parameters(update).text(keys(username, network, false).get(By.NAME_AND_NETWORK))
                    .uuid(user)
                    .text(network)
                    .text(network)
                    .uuid(user);
            return update.execute();
        });
    }

    /** Neither names nor networks have a blank. */
    private static Map<By, String> keys(String username, String network, boolean knownNetwork) {
        var keys = new EnumMap<By, String>(By.class);
        keys.put(By.NAME_AND_NETWORK, "both " + username + " " + network);
        keys.put(By.NAME, "name " + username);
        keys.put(By.NETWORK, "network " + network);
        if (knownNetwork) {
            keys.put(By.KNOWN_NETWORK, "known-network " + network);
        }
        SourceNetwork.site(network).ifPresent(site -> {
            keys.put(By.NAME_AND_SITE, "site " + username + " " + site);
            keys.put(By.SITE, "site " + site);
        });
        return keys;
    }

    private static Standing standing(ResultSet row) throws SQLException {
        Optional<User> user = row.getObject(1) == null ? Optional.empty() : Optional.of(PostgresUsers.user(row));
        return new Standing(
                user,
                row.getBoolean(7),
                FailureRows.failures(row, 8, By.NAME_AND_NETWORK),
                FailureRows.failures(row, 18, By.NAME_AND_SITE),
                FailureRows.failures(row, 10, By.NAME),
                FailureRows.failures(row, 12, By.NETWORK),
                FailureRows.failures(row, 14, By.KNOWN_NETWORK),
                FailureRows.failures(row, 16, By.SITE));
    }
}
