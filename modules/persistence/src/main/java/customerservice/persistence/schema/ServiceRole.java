package customerservice.persistence.schema;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The role that the service connects as. It is given what serving needs of each table, by the tables' owner, who is
 * another role; and so cannot give itself more. Identity columns need no right to their sequence, triggers none to their
 * function. The one function that it calls deletes from the audit trail what strangers added to it long ago.
 */
public final class ServiceRole {

    /** The one that serving calls. */
    static final String FUNCTION = "forget_failed_attempts(integer)";

    private static final List<String> READ = List.of("select");
    private static final List<String> READ_AND_ADD = List.of("select", "insert");
    private static final List<String> ALL = List.of("select", "insert", "update", "delete");

    /** Of each table of this release, what serving needs: what is granted, and what is looked for. */
    private static final Map<String, List<String>> RIGHTS = rights();

    private static final String TABLES = """
            select relname from pg_class
            where relnamespace = current_schema()::regnamespace and relkind in ('r', 'p')
              and pg_has_role(relowner, 'usage')
            order by relname
            """;

    private static final String EXISTS = "select 1 from pg_roles where rolname = ?";

    private static final String NOT_OWNED = """
            select relname, pg_get_userbyid(relowner), current_user from pg_class
            where relnamespace = current_schema()::regnamespace and relkind in ('r', 'p')
              and relname = any (?) and not pg_has_role(relowner, 'usage')
            order by relname limit 1
            """;

    /**
     * What the role's connections begin with, of what is set for it or for the database alone: the most particular one counts
     * (ALTER ROLE). What the URL sets, it sets for both roles.
     */
    private static final String OUTLOOK = """
            with set_for (name, value) as (
                select distinct on (name) name, substr(entry, length(name) + 2)
                from pg_db_role_setting, unnest(setconfig) entry, split_part(entry, '=', 1) name
                where setrole in (0, (select oid from pg_roles where rolname = ?))
                  and setdatabase in (0, (select oid from pg_database where datname = current_database()))
                order by name, setrole = 0, setdatabase = 0),
              setting (name, value) as (
                select name,
                  case when source = 'client' then setting else coalesce(
                    value, case when source in ('user', 'database user') then boot_val else setting end) end
                from pg_settings left join set_for using (name))
            select read_only.value::boolean, path.value, current_schema(),
              (
                select nspname
                from unnest(string_to_array(path.value, ',')) with ordinality as entry (name, place)
                  join pg_namespace schema on nspname = replace(trim(both ' "' from entry.name), '$user', ?)
                where nspname = current_schema()
                  or has_schema_privilege(?, schema.oid, 'usage') and exists (
                    select from pg_class where relnamespace = schema.oid and relname = any (?))
                order by place limit 1)
            from setting read_only, setting path
            where read_only.name = 'default_transaction_read_only' and path.name = 'search_path'
            """;

    private static final String SCHEMA_IS_CLOSED = "select not has_schema_privilege(?, current_schema(), 'usage'), current_schema()";

    private static final String EXCESS = """
            select current_user, rolsuper,
              exists (
                select from pg_class
                where relnamespace = current_schema()::regnamespace and relkind in ('r', 'p')
                  and pg_has_role(relowner, 'member')),
              coalesce(has_any_column_privilege(to_regclass('audit_log'), 'update')
                or has_table_privilege(to_regclass('audit_log'), 'delete')
                or has_table_privilege(to_regclass('audit_log'), 'truncate'), false),
              rolcreaterole
                or has_schema_privilege(current_schema(), 'create')
                or has_database_privilege(current_database(), 'create')
            from pg_roles where rolname = current_user
            """;

    private ServiceRole() {}

    /**
     * What has to be so before anything is changed.
     *
     * @throws MigrationException if there is no such role, if the tables are not those of the connection's own, or if settings
     *     of the role's own would have it look for tables elsewhere, or not write
     */
    static void requireGrantable(Connection connection, String role) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(EXISTS)) {
            query.setString(1, role);
            try (ResultSet row = query.executeQuery()) {
                if (!row.next()) {
                    throw new MigrationException("there is no role " + role + ", which the service is to connect as");
                }
            }
        }
        try (PreparedStatement query = connection.prepareStatement(NOT_OWNED)) {
            query.setArray(1, connection.createArrayOf("text", RIGHTS.keySet().toArray()));
            try (ResultSet row = query.executeQuery()) {
                if (row.next()) {
                    throw new MigrationException(
                            "the table " + row.getString(1) + " belongs to the role " + row.getString(2) + ", not to "
                                    + row.getString(3) + "; docs/decisions/0080 says how to hand it over");
                }
            }
        }
        requireSameOutlook(connection, role);
    }

    private static void requireSameOutlook(Connection connection, String role) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(OUTLOOK)) {
            query.setString(1, role);
            query.setString(2, role);
            query.setString(3, role);
            query.setArray(4, connection.createArrayOf("text", RIGHTS.keySet().toArray()));
            try (ResultSet row = query.executeQuery()) {
                row.next();
                String subject = "the role " + role + ", which the service is to connect as, ";
                if (row.getBoolean(1)) {
                    throw new MigrationException(
                            subject + "may not write by its own setting: default_transaction_read_only = on");
                }
                if (!Objects.equals(row.getString(3), row.getString(4))) {
                    throw new MigrationException(
                            subject + "would not find tables in the schema " + row.getString(3)
                                    + ", where migrations are applied: its search_path = " + row.getString(2));
                }
            }
        }
    }

    /**
     * Has the role given rights to each table when it is made: by triggers, the release that serves meanwhile writes to it
     * before all migrations have run.
     */
    static void grantOnNewTables(Connection connection, String role) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "alter default privileges grant " + String.join(", ", ALL) + " on tables to "
                            + statement.enquoteIdentifier(role, true));
            connection.commit();
        }
    }

    /** Makes the role's rights to this release's tables what they are to be, all at once. Changes nothing where they are. */
    static void grant(Connection connection, String role) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            String grantee = statement.enquoteIdentifier(role, true);
            for (String table : tables(statement)) {
                List<String> rights = RIGHTS.get(table);
                if (rights == null) {
                    // A later release's, which knows what the role may do to it, or somebody's copy.
                    continue;
                }
                String name = statement.enquoteIdentifier(table, true);
                statement.execute("revoke all on table " + name + " from " + grantee);
                if (!rights.isEmpty()) {
                    statement.execute(
                            "grant " + String.join(", ", rights) + " on table " + name + " to " + grantee);
                }
            }
            grantSchema(connection, statement, role, grantee);
            statement.execute("grant execute on function " + FUNCTION + " to " + grantee);
            connection.commit();
        } catch (SQLException e) {
            connection.rollback();
            throw e;
        }
    }

    private static List<String> tables(Statement statement) throws SQLException {
        var tables = new ArrayList<String>();
        try (ResultSet row = statement.executeQuery(TABLES)) {
            while (row.next()) {
                tables.add(row.getString(1));
            }
        }
        return tables;
    }

    private static Map<String, List<String>> rights() {
        var rights = new LinkedHashMap<String, List<String>>();
        for (String table : List.of(
                "customers", "customer_changes", "idempotency_keys", "users", "service_accounts", "token_families",
                "refresh_tokens", "sign_in_failures", "known_networks", "change_outbox")) {
            rights.put(table, ALL);
        }
        rights.put("audit_log", READ_AND_ADD);
        rights.put("databasechangelog", READ);
        rights.put("databasechangeloglock", List.of());
        return rights;
    }

    /** The tables of this release. */
    static Set<String> knownTables() {
        return RIGHTS.keySet();
    }

    /** Each right that serving needs, as rows of SQL: a number to sort by, the table, the privilege. */
    static String needed() {
        var rows = new ArrayList<String>();
        RIGHTS.forEach(
                (table, rights) -> rights.forEach(
                        right -> rows.add("(" + rows.size() + ", '" + table + "', '" + right + "')")));
        return String.join(", ", rows);
    }

    private static void grantSchema(Connection connection, Statement statement, String role, String grantee)
            throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(SCHEMA_IS_CLOSED)) {
            query.setString(1, role);
            try (ResultSet row = query.executeQuery()) {
                if (row.next() && row.getBoolean(1)) {
                    String schema = statement.enquoteIdentifier(row.getString(2), true);
                    statement.execute("grant usage on schema " + schema + " to " + grantee);
                }
            }
        }
    }

    /** What the connection's role may do that the service never does, in one sentence each. */
    public static List<String> excess(Connection connection) throws SQLException {
        try (Statement query = connection.createStatement(); ResultSet row = query.executeQuery(EXCESS)) {
            row.next();
            String role = row.getString(1);
            if (row.getBoolean(2)) {
                return List.of(role + " is a superuser");
            }
            var excess = new ArrayList<String>();
            if (row.getBoolean(3)) {
                excess.add(role + " owns tables, or belongs to the role that does");
            }
            if (row.getBoolean(4)) {
                excess.add(role + " may change or remove lines of the audit trail");
            }
            if (row.getBoolean(5)) {
                excess.add(role + " may create objects or roles");
            }
            return excess;
        }
    }
}
