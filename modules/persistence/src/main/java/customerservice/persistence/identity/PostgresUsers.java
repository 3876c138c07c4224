package customerservice.persistence.identity;

import customerservice.domain.DomainException.DuplicateUsername;
import customerservice.domain.DomainException.LastAdmin;
import customerservice.domain.Page;
import customerservice.domain.Seek;
import customerservice.domain.audit.AuditEntry;
import customerservice.domain.identity.Role;
import customerservice.domain.identity.User;
import customerservice.domain.identity.UserStore;
import customerservice.persistence.audit.AuditRows;
import customerservice.persistence.connection.Gate;
import customerservice.persistence.connection.SqlState;
import customerservice.persistence.sql.Columns;
import customerservice.persistence.sql.Parameters;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.Query;

/** Users in PostgreSQL; a change and its audit entry are one statement. */
public final class PostgresUsers implements UserStore {

    private static final String COLUMNS = "id, username, role, password_hash, active, created_at";

    private static final String FIND = "select " + COLUMNS + " from users where id = ?";

    /** Of a parameter by itself the server takes the lower case of the database's language. */
    static final String LOWER = "lower(? collate \"C\")";

    private static final String FIND_BY_NAME = "select " + COLUMNS + " from users where lower(username) = " + LOWER;

    static final NameListing<User> LISTING = new NameListing<>(
            "select " + COLUMNS + ", lower(username) as name from users", "lower(username)", "name", LOWER,
            (row, context) -> user(row),
            (user, name) -> isSame(user.username(), name));

    private static final String INSERT = """
            with added as (
              insert into users (id, username, role, password_hash, active, created_at)
              select ?, ?, ?, ?, ?, ? where
            """ + Actor.MAY + """
              returning id
            )
            """ + AuditRows.insertFrom("added");

    /** Whether the actor may, and whether there is such a user. */
    private static final String UPDATE_PASSWORD_HASH = """
            with actor as materialized (
              select
            """ + Actor.MAY + """
              as may
            ), changed as (
              update users set password_hash = ? from actor where id = ? and may returning id
            ), audit as (
            """ + AuditRows.insertFrom("changed") + """
            )
            select may, changed.id, changed.id from actor left join changed on true
            """;

    private static final String REPLACE_PASSWORD_HASH = """
            with changed as (
              update users set password_hash = ? where id = ? and active and password_hash = ? returning id
            )
            """ + AuditRows.insertFrom("changed");

    /** The trigger that ends sign-ins is told before any row is updated. */
    private static final String RENEW_PASSWORD_HASH = """
            with same_password as materialized (
              select set_config('customer_service.same_password', 'on', true)
            ), changed as (
              update users set password_hash = ? from same_password where id = ? and active and password_hash = ?
              returning id
            )
            """ + AuditRows.insertFrom("changed");

    /**
     * Locks the user, the actor and all active admins, always in the same order, and so sees them as those left them who
     * came first, whatever the statement's snapshot says. From here on nobody else can take an admin away.
     */
    private static final String TARGET = """
            with locked as materialized (
              select id, role, active, role = 'admin' and active as admin
              from users where id = ? or id = ? or (role = 'admin' and active) order by id for no key update
            ), actor as materialized (
              select
            """ + Actor.may("locked where admin") + """
              as may
            ), target as materialized (
              select id, role, active, admin and (select count(*) from locked where admin) = 1 as last_admin
              from locked, actor where id = ? and may
            )""";

    private static final String UPDATE = TARGET + """
            , wanted as materialized (
              select id, ? as role, ?::boolean as active, last_admin from target where role = ? and active = ?
            ), changed as (
              update users set role = wanted.role, active = wanted.active from wanted
              where users.id = wanted.id and (not last_admin or (wanted.role = 'admin' and wanted.active))
              returning users.id
            ), audit as (
            """ + AuditRows.insertFrom("changed") + """
            )
            select may, wanted.id, changed.id from actor left join wanted on true left join changed on true
            """;

    private static final String DELETE = TARGET + """
            , gone as (
              delete from users using target where users.id = target.id and not last_admin returning users.id
            ), audit as (
            """ + AuditRows.insertFrom("gone") + """
            )
            select may, target.id, gone.id from actor left join target on true left join gone on true
            """;

    /** The families that a raised epoch has left behind; those that had ended before are none of them. */
    private static final String COUNT_ENDED = """
            select count(*) from token_families family join raised on raised.id = family.user_id
            where raised.active and family.user_epoch = raised.epoch
            and family.revoked_at is null and family.expires_at > clock_timestamp()
            """;

    private static final String END_SIGN_INS = """
            with raised as (
              update users set token_epoch = token_epoch + 1 where id = ?
              returning id, active, token_epoch - 1 as epoch
            ), audit as (
            """ + AuditRows.insertFrom("raised") + """
            )
            select (
            """ + COUNT_ENDED + """
            ) from raised
            """;

    /** Locks the users in the same order as {@link #TARGET}, so that neither waits for the other for ever. */
    private static final String END_ALL_SIGN_INS = """
            with locked as materialized (
              select id from users order by id for no key update
            ), raised as (
              update users set token_epoch = token_epoch + 1 from locked where users.id = locked.id
              returning users.id, active, token_epoch - 1 as epoch
            ), audit as (
            """ + AuditRows.INSERT_VALUES + """
            )
            """ + COUNT_ENDED;

    private final Gate gate;

    public PostgresUsers(Gate gate) {
        this.gate = gate;
    }

    @Override
    public Optional<User> find(UUID id) {
        return gate.call(handle -> {
            var query = handle.createQuery(FIND);
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
            var query = handle.createQuery(FIND_BY_NAME);
            new Parameters(query).text(username);
            return query.map((row, context) -> user(row)).findOne();
        });
    }

    @Override
    public Page<User> list(Seek<String> seek, int limit) {
        return LISTING.page(gate, seek, limit);
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
            AuditRows.bind(audit, Actor.bind(audit, parameters));
            try {
                int inserted = insert.execute();
                Actor.require(inserted > 0);
                return inserted;
            } catch (JdbiException e) {
                Optional<String> violated = Gate.sqlCause(e).flatMap(SqlState::uniqueViolation);
                throw violated.filter("users_username_key"::equals).isPresent() ? new DuplicateUsername() : e;
            }
        });
    }

    @Override
    public boolean updatePasswordHash(UUID id, String passwordHash, AuditEntry audit) {
        return gate.call(handle -> {
            var update = handle.createQuery(UPDATE_PASSWORD_HASH);
            var parameters = Actor.bind(audit, new Parameters(update)).text(passwordHash).uuid(id);
            AuditRows.bind(audit, parameters);
            return found(update);
        });
    }

    @Override
    public boolean replacePasswordHash(UUID id, String before, String after, AuditEntry audit) {
        return changesHash(REPLACE_PASSWORD_HASH, id, before, after, audit);
    }

    @Override
    public boolean renewPasswordHash(UUID id, String before, String after, AuditEntry audit) {
        return changesHash(RENEW_PASSWORD_HASH, id, before, after, audit);
    }

    private boolean changesHash(String statement, UUID id, String before, String after, AuditEntry audit) {
        return gate.call(handle -> {
            var update = handle.createUpdate(statement);
            AuditRows.bind(audit, new Parameters(update).text(after).uuid(id).text(before));
            return update.execute();
        }) > 0;
    }

    @Override
    public boolean update(User before, User after, AuditEntry audit) {
        return gate.call(handle -> {
            var update = handle.createQuery(UPDATE);
            var parameters = target(before.id(), audit, new Parameters(update))
                    .text(after.role().label())
                    .flag(after.active())
                    .text(before.role().label())
                    .flag(before.active());
            AuditRows.bind(audit, parameters);
            return found(update);
        });
    }

    @Override
    public boolean delete(UUID id, AuditEntry audit) {
        return gate.call(handle -> {
            var delete = handle.createQuery(DELETE);
            AuditRows.bind(audit, target(id, audit, new Parameters(delete)));
            return found(delete);
        });
    }

    @Override
    public OptionalInt endSignIns(UUID id, AuditEntry audit) {
        return gate.call(handle -> {
            var update = handle.createQuery(END_SIGN_INS);
            AuditRows.bind(audit, new Parameters(update).uuid(id));
            return update.map((row, context) -> OptionalInt.of(row.getInt(1))).findOne().orElse(OptionalInt.empty());
        });
    }

    @Override
    public int endAllSignIns(AuditEntry audit) {
        return gate.call(handle -> {
            var update = handle.createQuery(END_ALL_SIGN_INS);
            AuditRows.bind(audit, new Parameters(update));
            return update.map((row, context) -> row.getInt(1)).one();
        });
    }

    /** For {@link #TARGET}. */
    private static Parameters target(UUID id, AuditEntry audit, Parameters parameters) {
        return Actor.bind(audit, parameters.uuid(id).uuid(Actor.id(audit))).uuid(id);
    }

    /** Of a statement that says whether the actor may, which user it meant, and which it has changed. */
    private static boolean found(Query change) {
        return change.map((row, context) -> {
            Actor.require(row.getBoolean(1));
            boolean found = row.getObject(2) != null;
            if (found && row.getObject(3) == null) {
                throw new LastAdmin();
            }
            return found;
        }).one();
    }

    /** As the index has it: only ASCII has another case, so that U+212A is no k. */
    private static boolean isSame(String one, String other) {
        boolean same = one.length() == other.length();
        for (int i = 0; same && i < one.length(); i++) {
            same = lower(one.charAt(i)) == lower(other.charAt(i));
        }
        return same;
    }

    private static int lower(char c) {
        return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
    }

    /** From the first six columns. Who has a role of a later release is not let in by this one. */
    static User user(ResultSet row) throws SQLException {
        Role role = Role.ofLabel(row.getString(3)).orElse(Role.UNKNOWN);
        return new User(
                row.getObject(1, UUID.class),
                row.getString(2),
                role,
                row.getString(4),
                row.getBoolean(5) && role != Role.UNKNOWN,
                Columns.time(row, 6));
    }
}
