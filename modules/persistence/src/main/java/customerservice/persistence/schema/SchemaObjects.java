package customerservice.persistence.schema;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What of the objects that the migrations have made is gone: dropped or switched off by hand, left out of a restored dump.
 * The record of what was applied knows nothing of that. Objects of a later release are none of this one's business.
 *
 * @param needed tables and all their rows, columns and their defaults, triggers, functions, keys: without them requests fail, or instances do not hear of changes
 * @param indexes that are not there or not valid, without which lists are slow
 */
public record SchemaObjects(List<String> needed, List<String> indexes) {

    /** One object a line, tables first. A test keeps it true. */
    static final String EXPECTED = "/META-INF/db/expected-objects.txt";

    /**
     * Of what the names resolve to: a table of the same name in a schema that comes before ours is what statements would find.
     * Liquibase's own tables have the columns that it wants.
     */
    static final String PRESENT = """
            with tables as (
              select oid, relname, relrowsecurity from pg_class
              where relkind in ('r', 'p') and pg_table_is_visible(oid) and relname not like 'databasechangelog%'
                and relnamespace in (select oid from pg_namespace where nspname = any (current_schemas(false)))
            )
            select 'table ' || relname as object from tables
            union all
            select 'rows without row level security of ' || relname from tables where not relrowsecurity
            union all
            select 'column ' || attname || ' of ' || relname
            from pg_attribute join tables on attrelid = tables.oid where attnum > 0 and not attisdropped
            union all
            select 'default of ' || attname || ' of ' || relname
            from pg_attribute join tables on attrelid = tables.oid
            where attnum > 0 and not attisdropped and (atthasdef or attidentity <> '')
            union all
            select case when indisunique then 'unique index ' else 'index ' end || named.relname || ' ('
              || array_to_string(array(
                select coalesce(attname, 'expression')
                from unnest(indkey::int2[]) with ordinality as key (number, place)
                  left join pg_attribute on attrelid = indrelid and attnum = number and number > 0
                where place <= indnkeyatts order by place), ', ')
              || ') of ' || tables.relname
            from pg_index join pg_class named on named.oid = indexrelid join tables on indrelid = tables.oid
            where indisvalid
            union all
            select 'foreign key ' || conname || ' of ' || relname
            from pg_constraint join tables on conrelid = tables.oid where contype = 'f'
            union all
            select 'trigger ' || tgname || ' of ' || relname
            from pg_trigger join tables on tgrelid = tables.oid where not tgisinternal and tgenabled in ('O', 'A')
            union all
            select 'function ' || proname || '(' || oidvectortypes(proargtypes) || ')'
            from pg_proc
            where pg_function_is_visible(oid) and pronamespace in (select oid from pg_namespace where nspname = any (current_schemas(false)))
            """;

    private static final String MISSING = """
            select object from unnest(?) with ordinality as expected (object, place)
            where object not in (select object from (%s) present) order by place
            """.formatted(PRESENT);

    private static final String TABLE = "table ";
    private static final String INDEX = "index ";
    private static final String OF = " of ";

    public SchemaObjects {
        needed = List.copyOf(needed);
        indexes = List.copyOf(indexes);
    }

    /** Those that are missing, by one statement that reads catalogues. The schema has to be current. */
    public static SchemaObjects missing(Connection connection) throws SQLException {
        var needed = new ArrayList<String>();
        var indexes = new ArrayList<String>();
        Set<String> tables = new HashSet<>();
        try (PreparedStatement query = connection.prepareStatement(MISSING)) {
            query.setArray(1, connection.createArrayOf("text", expected().toArray()));
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    String object = row.getString(1);
                    if (object.startsWith(TABLE)) {
                        tables.add(object.substring(TABLE.length()));
                    }
                    // What goes with its table is not named besides.
                    if (!tables.contains(table(object))) {
                        (object.startsWith(INDEX) ? indexes : needed).add(object);
                    }
                }
            }
        }
        return new SchemaObjects(needed, indexes);
    }

    private static String table(String object) {
        int of = object.lastIndexOf(OF);
        return of < 0 ? "" : object.substring(of + OF.length());
    }

    static List<String> expected() {
        return ExpectedLines.of(EXPECTED);
    }
}
