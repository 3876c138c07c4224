package customerservice.persistence.schema;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What serving needs of a database besides its schema: that it takes writes, that it takes every character, and that a
 * role may use the tables. Found out by one statement that reads catalogues and writes nothing.
 *
 * @param readOnly whether a new transaction may not write, as on every standby
 * @param encoding as PostgreSQL names it
 * @param replication how many standbys there are and how far they are behind, in words; empty if there is none, or if the
 *     connection's role may not see it (it needs {@code pg_monitor})
 * @param lacking the rights that serving needs and the role has not, such as {@code update, delete on users}, for each
 *     table, for the database, its schema and the function; all of a table's that is not there
 */
public record DatabaseState(
        boolean standby, boolean readOnly, String encoding, Optional<String> replication, List<String> lacking) {

    private static final String NEEDED_ENCODING = "UTF8";

    private static final String STATE = """
            select pg_is_in_recovery(), current_setting('transaction_read_only')::boolean,
              current_setting('server_encoding'),
              (
                select count(*) || case count(*) when 1 then ' standby, ' else ' standbys, at most ' end
                  || pg_size_pretty(max(
                    case when pg_is_in_recovery() then 0 else pg_wal_lsn_diff(pg_current_wal_lsn(), replay_lsn) end))
                  || ' behind'
                from pg_stat_replication where state = 'streaming' and replay_lsn is not null),
              array(
                select string_agg(privilege, ', ' order by place) || ' on ' || name
                from (values %s) as needed (place, name, privilege)
                where has_table_privilege(role, to_regclass(name), privilege) is not true
                group by name order by min(place))
              || array(
                select 'connect on database ' || current_database()
                where has_database_privilege(role, current_database(), 'connect') is not true
                union all
                select 'usage on schema ' || coalesce(current_schema(), 'public')
                where has_schema_privilege(role, current_schema(), 'usage') is not true
                union all
                select 'execute on ' || function::regprocedure
                from to_regprocedure('%s') function
                where has_function_privilege(role, function, 'execute') is false)
            from (select coalesce(?::name, current_user)) serving (role)
            """.formatted(ServiceRole.needed(), ServiceRole.FUNCTION);

    public DatabaseState {
        Objects.requireNonNull(encoding, "encoding");
        Objects.requireNonNull(replication, "replication");
        lacking = List.copyOf(lacking);
    }

    /** As the connection's role finds it. */
    public static DatabaseState of(Connection connection) throws SQLException {
        return of(connection, null);
    }

    /** @param role whose rights are looked at; the connection's own if null */
    static DatabaseState of(Connection connection, String role) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(STATE)) {
            query.setString(1, role);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return new DatabaseState(
                        row.getBoolean(1),
                        row.getBoolean(2),
                        row.getString(3),
                        Optional.ofNullable(row.getString(4)),
                        List.of((String[]) row.getArray(5).getArray()));
            }
        }
    }

    /** Why it cannot take all writes, each to be read after "the database"; empty if it can. */
    public List<String> problems() {
        var problems = new ArrayList<String>();
        if (standby) {
            problems.add("is a standby");
        } else if (readOnly) {
            problems.add("is read-only");
        }
        if (!encoding.equals(NEEDED_ENCODING)) {
            problems.add("has the encoding " + encoding + ", not " + NEEDED_ENCODING);
        }
        return problems;
    }

    /** Where there are no {@link #problems}. */
    public String detail() {
        return "primary answers" + replication.map(standbys -> "; " + standbys).orElse("");
    }
}
