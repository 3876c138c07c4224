package customerservice.persistence.identity;

import customerservice.domain.audit.AuditEntry;
import customerservice.domain.identity.RefreshTokenStore;
import customerservice.domain.identity.Role;
import customerservice.domain.identity.TokenFamily;
import customerservice.domain.identity.User;
import customerservice.persistence.audit.AuditRows;
import customerservice.persistence.connection.Gate;
import customerservice.persistence.sql.Columns;
import customerservice.persistence.sql.Parameters;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Refresh tokens in PostgreSQL; a change and its audit entry are one statement. What ends the sessions of a user raises
 * {@code users.token_epoch}, a change of the user by trigger, and with that leaves all families behind that began before.
 */
public final class PostgresRefreshTokens implements RefreshTokenStore {

    private static final String BEGIN = """
            with family as (
              insert into token_families (user_id, user_epoch, expires_at)
              select id, token_epoch, clock_timestamp() + ? * interval '1 millisecond' from users
              where id = ? and active and password_hash = ? and role = ?
              returning id, user_epoch
            ), token as (
              insert into refresh_tokens (hash, family_id, generation) select ?, id, 1 from family
            ), audited as (
            """ + AuditRows.insertFrom("family") + """
            )
            select user_epoch from family
            """;

    private static final String FAMILY = """
            select family.id, family.user_id, users.role, family.user_epoch, family.expires_at
            from refresh_tokens presented
            join token_families family on family.id = presented.family_id
            join users on users.id = family.user_id
            where presented.hash = ? and family.revoked_at is null and family.expires_at > clock_timestamp()
            and users.active and users.token_epoch = family.user_epoch
            """ + Role.KNOWN.stream()
            // Of a later release's, nothing is spent here: it is that release's to refresh.
            .map(role -> "'" + role.label() + "'")
            .collect(Collectors.joining(", ", "and users.role in (", ")\n"));

    private static final String IS_GOOD = """
            (presented.spent_at is null or presented.spent_at > clock_timestamp() - ? * interval '1 millisecond')
            and presented.children < %d and presented.generation < %d
            """.formatted(MAX_CHILDREN, MAX_GENERATIONS);

    private static final String FIND = FAMILY + " and " + IS_GOOD;

    /**
     * The lock of the family is what makes this right. Whoever had to wait for it looks again at whether the family is
     * revoked; and the update, which finds the token as it was when the statement began, follows it to how it is now and
     * looks again at whether it is good (READ COMMITTED). So two that present the same token both get a successor, and
     * none is given out once a revocation is done. Families are locked before tokens here as in a deletion's cascade.
     *
     * <p>A token's generation is how many came before it. Those that were not spent by the time one of the same or a later
     * generation is, are the other ends of a fork, found by {@code refresh_tokens_unspent_idx}.
     */
    static final String ROTATE = """
            with family as (
            """ + FAMILY + """
              for no key update of family
            ), spent as (
              update refresh_tokens presented
              set spent_at = coalesce(presented.spent_at, clock_timestamp()), children = presented.children + 1
              from family
              where presented.hash = ? and presented.family_id = family.id and
            """ + IS_GOOD + """

              returning family.id, presented.generation, family.user_id, family.role, family.user_epoch, family.expires_at
            ), retired as (
              update refresh_tokens other set spent_at = clock_timestamp() from spent
              where other.family_id = spent.id and other.generation <= spent.generation
              and other.hash <> ? and other.spent_at is null
            ), child as (
              insert into refresh_tokens (hash, family_id, generation) select ?, id, generation + 1 from spent
            ), audited as (
            """ + AuditRows.INSERT + """
              select ?, ?, user_id::text, ?, ?, user_id::text, ?, ? from spent
            )
            select id, user_id, role, user_epoch, expires_at from spent
            """;

    private static final String REVOKE_REUSED = """
            with revoked as (
              update token_families family set revoked_at = clock_timestamp()
              from refresh_tokens presented
              where presented.hash = ? and family.id = presented.family_id
              and presented.spent_at <= clock_timestamp() - ? * interval '1 millisecond'
              and family.revoked_at is null and family.expires_at > clock_timestamp()
              returning family.user_id
            ), audited as (
            """ + AuditRows.INSERT + """
              select ?, ?, user_id::text, ?, ?, ?, ?, ? from revoked
            )
            select user_id from revoked
            """;

    private static final String REVOKE = """
            with revoked as (
              update token_families family set revoked_at = clock_timestamp()
              from refresh_tokens presented
              where presented.hash = ? and family.id = presented.family_id
              and family.revoked_at is null and family.expires_at > clock_timestamp()
              returning family.user_id
            ), audited as (
            """ + AuditRows.INSERT + """
              select ?, ?, user_id::text, ?, ?, user_id::text, ?, ? from revoked
            )
            select user_id from revoked
            """;

    private final Gate gate;

    public PostgresRefreshTokens(Gate gate) {
        this.gate = gate;
    }

    @Override
    public OptionalLong begin(User user, String hash, Duration lifetime, AuditEntry audit) {
        return gate.call(handle -> {
            var insert = handle.createQuery(BEGIN);
            var parameters = new Parameters(insert).number(lifetime.toMillis())
                    .uuid(user.id())
                    .text(user.passwordHash())
                    .text(user.role().label())
                    .text(hash);
            AuditRows.bind(audit, parameters);
            return insert.map((row, context) -> OptionalLong.of(row.getLong(1))).findOne();
        }).orElse(OptionalLong.empty());
    }

    @Override
    public Optional<TokenFamily> rotate(String hash, String nextHash, Duration grace, AuditEntry audit) {
        return gate.call(handle -> {
            var query = handle.createQuery(ROTATE);
            var parameters = new Parameters(query).text(hash)
                    .text(hash)
                    .number(grace.toMillis())
                    .text(hash)
                    .text(nextHash);
            AuditRows.bindWithoutActor(audit, parameters);
            return query.map((row, context) -> family(row)).findOne();
        });
    }

    @Override
    public Optional<TokenFamily> find(String hash, Duration grace) {
        return gate.call(handle -> {
            var query = handle.createQuery(FIND);
            new Parameters(query).text(hash).number(grace.toMillis());
            return query.map((row, context) -> family(row)).findOne();
        });
    }

    @Override
    public Optional<UUID> revokeReused(String hash, Duration grace, AuditEntry audit) {
        return gate.call(handle -> {
            var query = handle.createQuery(REVOKE_REUSED);
            AuditRows.bindWithoutSubject(audit, new Parameters(query).text(hash).number(grace.toMillis()));
            return query.map((row, context) -> row.getObject(1, UUID.class)).findOne();
        });
    }

    @Override
    public Optional<UUID> revoke(String hash, AuditEntry audit) {
        return gate.call(handle -> {
            var query = handle.createQuery(REVOKE);
            AuditRows.bindWithoutActor(audit, new Parameters(query).text(hash));
            return query.map((row, context) -> row.getObject(1, UUID.class)).findOne();
        });
    }

    private static TokenFamily family(ResultSet row) throws SQLException {
        return new TokenFamily(
                row.getObject(2, UUID.class), Role.ofLabel(row.getString(3)).orElseThrow(), row.getLong(4),
                Columns.time(row, 5));
    }
}
