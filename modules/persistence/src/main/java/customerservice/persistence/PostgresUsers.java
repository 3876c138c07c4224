package customerservice.persistence;

import customerservice.domain.AuditEntry;
import customerservice.domain.DomainException.DuplicateUsername;
import customerservice.domain.identity.Role;
import customerservice.domain.identity.User;
import customerservice.domain.identity.UserStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.JdbiException;

/** Users in PostgreSQL; a change and its audit entry are one statement. */
final class PostgresUsers implements UserStore {

    private static final String COLUMNS = "id, username, role, password_hash, active, created_at";

    private static final String FIND_BY_ID = "select " + COLUMNS + " from users where id = ?";

    private static final String FIND = "select " + COLUMNS + " from users where lower(username) = lower(?)";

    private static final String LIST = "select " + COLUMNS + " from users order by lower(username) limit 1000";

    private static final String INSERT = """
            with added as (
              insert into users (id, username, role, password_hash, active, created_at) values (?, ?, ?, ?, ?, ?)
            )
            insert into audit_log (at, action, subject, version, fields, actor, request_id, source_address)
            values (?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private static final String UPDATE_PASSWORD_HASH = """
            with changed as (
              update users set password_hash = ? where id = ? returning id
            )
            insert into audit_log (at, action, subject, version, fields, actor, request_id, source_address)
            select ?, ?, ?, ?, ?, ?, ?, ? from changed
            """;

    private final Gate gate;

    PostgresUsers(Gate gate) {
        this.gate = gate;
    }

    @Override
    public Optional<User> find(UUID id) {
        return gate.call(handle -> {
            var query = handle.createQuery(FIND_BY_ID);
            new Parameters(query).uuid(id);
            return query.map((row, context) -> user(row)).findOne();
        });
    }

    @Override
    public Optional<User> findByUsername(String username) {
        if (username.indexOf('\0') >= 0) {
            // No text in PostgreSQL has one, and asking for it is an error.
            return Optional.empty();
        }
        return gate.call(handle -> {
            var query = handle.createQuery(FIND);
            new Parameters(query).text(username);
            return query.map((row, context) -> user(row)).findOne();
        });
    }

    @Override
    public List<User> list() {
        return gate.call(handle -> handle.createQuery(LIST).map((row, context) -> user(row)).list());
    }

    @Override
    public void insert(User user, AuditEntry audit) {
        gate.call(handle -> {
            var insert = handle.createUpdate(INSERT);
            var parameters = new Parameters(insert).uuid(user.id())
                    .text(user.username())
                    .text(user.role().label())
                    .text(user.passwordHash())
                    .flag(user.active())
                    .time(user.createdAt());
            AuditRows.bind(audit, parameters);
            try {
                return insert.execute();
            } catch (JdbiException e) {
                Optional<String> violated = Gate.sqlCause(e).flatMap(SqlState::uniqueViolation);
                throw violated.filter("users_username_key"::equals).isPresent() ? new DuplicateUsername() : e;
            }
        });
    }

    @Override
    public boolean updatePasswordHash(UUID id, String passwordHash, AuditEntry audit) {
        return gate.call(handle -> {
            var update = handle.createUpdate(UPDATE_PASSWORD_HASH);
            AuditRows.bind(audit, new Parameters(update).text(passwordHash).uuid(id));
            return update.execute();
        }) > 0;
    }

    /** From the first six columns. */
    static User user(ResultSet row) throws SQLException {
        return new User(
                row.getObject(1, UUID.class),
                row.getString(2),
                Role.ofLabel(row.getString(3)).orElseThrow(),
                row.getString(4),
                row.getBoolean(5),
                CustomerRows.time(row, 6));
    }
}
