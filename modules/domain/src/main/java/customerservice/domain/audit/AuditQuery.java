package customerservice.domain.audit;

import customerservice.domain.Page;
import customerservice.domain.Seek;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Which lines of the audit trail, from where on; each condition must hold that is there.
 *
 * @param actor the id of who acted, or {@code system} or {@code anonymous}
 * @param action such as {@code customer.create}
 * @param subject the id of what was acted upon
 * @param from inclusive
 * @param to exclusive
 * @param limit 1 to 200
 */
public record AuditQuery(
        Optional<String> actor,
        Optional<String> action,
        Optional<String> subject,
        Optional<Instant> from,
        Optional<Instant> to,
        Seek<Position> seek,
        int limit) {

    public static final int MAX_LIMIT = Page.MAX_LIMIT;

    public AuditQuery {
        Objects.requireNonNull(actor, "actor");
        Objects.requireNonNull(action, "action");
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        Objects.requireNonNull(seek, "seek");
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("limit " + limit);
        }
    }

    /** The newest of all. */
    public static AuditQuery newest(int limit) {
        return new AuditQuery(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Seek.start(),
                limit);
    }

    /** A place in the trail. */
    public record Position(Instant at, long id) {

        public Position {
            Objects.requireNonNull(at, "at");
        }
    }
}
