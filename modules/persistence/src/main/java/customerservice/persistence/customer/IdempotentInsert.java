package customerservice.persistence.customer;

import customerservice.domain.DomainException.CustomerNotFound;
import customerservice.domain.DomainException.IdempotencyKeyInUse;
import customerservice.domain.DomainException.IdempotencyKeyReused;
import customerservice.domain.customer.Customer;
import customerservice.domain.customer.CustomerChange;
import customerservice.domain.customer.IdempotencyKey;
import customerservice.persistence.audit.AuditRows;
import customerservice.persistence.connection.Gate;
import customerservice.persistence.connection.SqlState;
import customerservice.persistence.sql.Jsonb;
import customerservice.persistence.sql.Parameters;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/**
 * Stores a customer unless its idempotency key did so before, and then gives what was stored.
 *
 * <p>Record, customer, audit entry and values are one statement. Its first part either makes the record, takes over an
 * expired one, or finds one and yields nothing, and then nothing else happens either. If another transaction is just
 * making the record, the statement waits for its end, no longer than the connection's {@code lock_timeout}.
 */
public final class IdempotentInsert {

    public static final Duration REMEMBERED = Duration.ofHours(24);

    /** A record may expire and be swept away between the two statements, hardly twice in a row. */
    private static final int MAX_ATTEMPTS = 3;

    private static final String INSERT = """
            with key as (
              insert into idempotency_keys as stored (subject, key, fingerprint, customer_id, answer, created_at)
              values (?, ?, ?, ?, ?::jsonb, ?)
              on conflict (subject, key) do update
              set fingerprint = excluded.fingerprint, customer_id = excluded.customer_id, answer = excluded.answer,
                  created_at = excluded.created_at
              where stored.created_at <= ?
              returning customer_id
            ), customer as (
            """ + CustomerRows.INSERT + """
              select ?, ?, ?, ?, ?, ?::jsonb, ?::jsonb, ?, ?, ? from key
            ), audit as (
            """ + AuditRows.insertFrom("key") + """
            )
            insert into customer_changes (customer_id, version, changes) select customer_id, ?, ?::jsonb from key
            """;

    private static final String FIND = "select fingerprint, answer from idempotency_keys where subject = ? and key = ?";

    private final Gate gate;
    private final Clock clock;

    IdempotentInsert(Gate gate, Clock clock) {
        this.gate = gate;
        this.clock = clock;
    }

    Customer insert(Customer customer, IdempotencyKey key, CustomerChange change) {
        Remembered answer = gate.call(handle -> {
            for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
                if (tryInsert(handle, customer, key, change)) {
                    return new Remembered(key.fingerprint(), Optional.of(customer));
                }
                Optional<Remembered> earlier = find(handle, key);
                if (earlier.isPresent()) {
                    return earlier.get();
                }
            }
            throw new IdempotencyKeyInUse();
        });
        if (!answer.fingerprint().equals(key.fingerprint())) {
            throw new IdempotencyKeyReused();
        }
        return answer.customer().orElseThrow(CustomerNotFound::new);
    }

    private boolean tryInsert(Handle handle, Customer customer, IdempotencyKey key, CustomerChange change) {
        Instant now = clock.instant();
        var insert = handle.createUpdate(INSERT);
        var parameters = new Parameters(insert).text(key.principal())
                .text(key.value())
                .text(key.fingerprint())
                .uuid(customer.id().value())
                .text(Jsonb.ofCustomer(customer))
                .time(now)
                .time(now.minus(REMEMBERED));
        CustomerRows.bind(customer, parameters);
        AuditRows.bind(change.audit(), parameters)
                .number(customer.version())
                .text(Jsonb.ofChanges(change.values()));
        try {
            return insert.execute() > 0;
        } catch (JdbiException e) {
            if (Gate.sqlCause(e).filter(cause -> SqlState.isLockTimeout(cause, "idempotency_keys")).isPresent()) {
                throw new IdempotencyKeyInUse();
            }
            throw PostgresCustomers.duplicateEmailOr(e);
        }
    }

    private static Optional<Remembered> find(Handle handle, IdempotencyKey key) {
        var query = handle.createQuery(FIND);
        new Parameters(query).text(key.principal()).text(key.value());
        return query.map((row, context) -> new Remembered(
                row.getString(1), Optional.ofNullable(row.getString(2)).map(IdempotentInsert::answer)))
                .findOne();
    }

    /** One that this release cannot read is a later one's, which has taken over soon and can. */
    private static Customer answer(String text) {
        return Jsonb.customer(text).orElseThrow(IdempotencyKeyInUse::new);
    }

    /** @param customer none once it has been erased */
    private record Remembered(String fingerprint, Optional<Customer> customer) {}
}
