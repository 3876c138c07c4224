package customerservice.api.http;

import customerservice.domain.audit.AuditQuery;
import customerservice.domain.customer.Customer;
import customerservice.domain.customer.CustomerId;
import customerservice.domain.customer.CustomerQuery.Position;
import customerservice.domain.customer.CustomerQuery.Sort;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * Places in a list as clients pass them back, opaque to them: base64url of a mark for the order, then the position. A
 * cursor is only good for the order that it was taken from. A forged one leads to another place in a list that its
 * maker may read anyway, so it is not signed; but it is checked, since a value that the database cannot take would be
 * an error of ours.
 */
public final class Cursors {

    /** Before the first row of every list; to be sought after. */
    static final String START = encode(new byte[]{'<'});

    /** Behind the last row of every list; to be sought before. */
    static final String END = encode(new byte[]{'>'});

    private static final byte AUDIT = 'a';
    private static final byte HISTORY = 'h';
    private static final int MAX_NAME_BYTES = 4 * Customer.MAX_NAME;
    private static final int MAX_TEXT = 1_200;
    private static final long MIN_MILLIS = Instant.parse("0001-01-01T00:00:00Z").toEpochMilli();
    private static final long MAX_MILLIS = Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();

    private Cursors() {}

    public static String of(Sort sort, Position position) {
        byte[] name = position instanceof Position.ByName byName
                ? byName.name().getBytes(StandardCharsets.UTF_8)
                : new byte[Long.BYTES];
        byte[] array = new byte[1 + 2 * Long.BYTES + name.length];
        var bytes = ByteBuffer.wrap(array);
        bytes.put(mark(sort));
        UUID id = position.id().value();
        bytes.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
        switch (position) {
            case Position.ByName _ -> bytes.put(name);
            case Position.ByCreation byCreation -> bytes.putLong(byCreation.createdAt().toEpochMilli());
        }
        return encode(array);
    }

    /** Empty if it is not a cursor, or one of another order. */
    public static Optional<Position> position(String text, Sort sort) {
        ByteBuffer bytes = decode(text);
        try {
            if (bytes.get() != mark(sort)) {
                return Optional.empty();
            }
            var id = new CustomerId(new UUID(bytes.getLong(), bytes.getLong()));
            if (sort.byName()) {
                return name(bytes).map(name -> new Position.ByName(name, id));
            }
            long millis = bytes.getLong();
            return bytes.hasRemaining() || !isMillis(millis)
                    ? Optional.empty()
                    : Optional.of(new Position.ByCreation(Instant.ofEpochMilli(millis), id));
        } catch (BufferUnderflowException e) {
            return Optional.empty();
        }
    }

    public static String ofVersion(long version) {
        byte[] array = new byte[1 + Long.BYTES];
        ByteBuffer.wrap(array).put(HISTORY).putLong(version);
        return encode(array);
    }

    /** Empty if it is not a cursor of a history. */
    public static Optional<Long> version(String text) {
        ByteBuffer bytes = decode(text);
        if (bytes.remaining() != 1 + Long.BYTES || bytes.get() != HISTORY) {
            return Optional.empty();
        }
        long version = bytes.getLong();
        return version < 1 ? Optional.empty() : Optional.of(version);
    }

    public static String of(AuditQuery.Position position) {
        byte[] array = new byte[1 + 2 * Long.BYTES];
        ByteBuffer.wrap(array).put(AUDIT).putLong(position.at().toEpochMilli()).putLong(position.id());
        return encode(array);
    }

    /** Empty if it is not a cursor of the audit trail. */
    public static Optional<AuditQuery.Position> auditPosition(String text) {
        ByteBuffer bytes = decode(text);
        if (bytes.remaining() != 1 + 2 * Long.BYTES || bytes.get() != AUDIT) {
            return Optional.empty();
        }
        long millis = bytes.getLong();
        return isMillis(millis)
                ? Optional.of(new AuditQuery.Position(Instant.ofEpochMilli(millis), bytes.getLong()))
                : Optional.empty();
    }

    private static boolean isMillis(long millis) {
        return millis >= MIN_MILLIS && millis <= MAX_MILLIS;
    }

    /** @param mark of the list */
    public static String ofName(char mark, String name) {
        return encode((mark + name).getBytes(StandardCharsets.UTF_8));
    }

    /** Empty if it is not a cursor of the list with this mark. */
    public static Optional<String> name(char mark, String text) {
        ByteBuffer bytes = decode(text);
        return bytes.remaining() > 1 && bytes.get() == mark ? name(bytes) : Optional.empty();
    }

    private static byte mark(Sort sort) {
        return switch (sort) {
            case CREATED_AT -> 'c';
            case CREATED_AT_DESCENDING -> 'C';
            case NAME -> 'n';
            case NAME_DESCENDING -> 'N';
        };
    }

    private static Optional<String> name(ByteBuffer bytes) {
        if (bytes.remaining() > MAX_NAME_BYTES) {
            return Optional.empty();
        }
        try {
            String name = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
            // No name has one, and PostgreSQL takes none in any text.
            return name.indexOf('\0') < 0 ? Optional.of(name) : Optional.empty();
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Without a byte if it is not base64url in its one proper form. */
    private static ByteBuffer decode(String text) {
        if (text.length() > MAX_TEXT) {
            return ByteBuffer.allocate(0);
        }
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            return encode(bytes).equals(text) ? ByteBuffer.wrap(bytes) : ByteBuffer.allocate(0);
        } catch (IllegalArgumentException e) {
            return ByteBuffer.allocate(0);
        }
    }
}
