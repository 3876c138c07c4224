package customerservice.persistence.sql;

import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.SqlStatement;

/** Binds values to a statement's question marks, one after the other, without looking up how. */
public final class Parameters {

    /** What the server can hold and the wire can show; a position or filter beyond it means the same as the bound. */
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

    private final SqlStatement<?> statement;
    private int next;

    public Parameters(SqlStatement<?> statement) {
        this.statement = statement;
    }

    public Parameters text(String value) {
        statement.bind(next++, (position, prepared, context) -> prepared.setString(position, value));
        return this;
    }

    public Parameters text(Optional<String> value) {
        return value.isPresent() ? text(value.get()) : absentText();
    }

    private Parameters absentText() {
        statement.bind(next++, (position, prepared, context) -> prepared.setNull(position, Types.VARCHAR));
        return this;
    }

    public Parameters texts(List<String> values) {
        String[] array = values.toArray(String[]::new);
        statement.bind(next++, (position, prepared, context) -> prepared.setObject(position, array));
        return this;
    }

    public Parameters number(long value) {
        statement.bind(next++, (position, prepared, context) -> prepared.setLong(position, value));
        return this;
    }

    public Parameters flag(boolean value) {
        statement.bind(next++, (position, prepared, context) -> prepared.setBoolean(position, value));
        return this;
    }

    /** @param value may be null */
    public Parameters uuid(UUID value) {
        statement.bind(next++, (position, prepared, context) -> prepared.setObject(position, value, Types.OTHER));
        return this;
    }

    public Parameters time(Instant value) {
        OffsetDateTime time = within(value).atOffset(ZoneOffset.UTC);
        statement.bind(next++, (position, prepared, context) -> prepared.setObject(position, time));
        return this;
    }

    static Instant within(Instant value) {
        if (value.isBefore(EARLIEST)) {
            return EARLIEST;
        }
        return value.isAfter(LATEST) ? LATEST : value;
    }
}
