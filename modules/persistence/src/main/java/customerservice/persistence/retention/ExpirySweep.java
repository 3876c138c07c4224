package customerservice.persistence.retention;

import customerservice.domain.DomainException;
import customerservice.persistence.connection.Gate;
import customerservice.persistence.customer.IdempotentInsert;
import customerservice.persistence.sql.Parameters;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Deletes what has expired now and then: idempotency records, whose answers are personal data; refresh tokens, of which
 * there is one more every few minutes for each person at work; and what strangers have added by failing.
 */
public final class ExpirySweep implements AutoCloseable {

    /** Soon after the start, so that Jdbi is made here and not by the first request. */
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration INTERVAL = Duration.ofMinutes(10);
    private static final int BATCH = 500;

    /** Instances sweep side by side; each takes what no other has locked. */
    private static final String DELETE_IDEMPOTENCY_KEYS = """
            delete from idempotency_keys where (subject, key) in (
              select subject, key from idempotency_keys where created_at <= ? order by created_at limit ?
              for update skip locked
            )
            """;

    /** Before the families, which would otherwise take any number of tokens along in one transaction. */
    private static final String DELETE_REFRESH_TOKENS = """
            delete from refresh_tokens where hash in (
              select hash from refresh_tokens join token_families on token_families.id = family_id
              where expires_at <= now() order by expires_at limit ?
              for update of refresh_tokens skip locked
            )
            """;

    private static final String DELETE_TOKEN_FAMILIES = """
            delete from token_families where id in (
              select id from token_families
              where expires_at <= now() and not exists (select from refresh_tokens where family_id = token_families.id)
              order by expires_at limit ?
              for update skip locked
            )
            """;

    private static final String DELETE_FAILURES = """
            delete from sign_in_failures where key in (
              select key from sign_in_failures where forgotten_at < now() order by forgotten_at limit ?
              for update skip locked
            )
            """;

    private static final String DELETE_FAILED_ATTEMPTS = "select forget_failed_attempts(?::integer)";

    /** Deletes at most {@link #BATCH} rows, and says how many. */
    @FunctionalInterface
    private interface Batch {
        int delete(Handle handle);
    }

    private final Gate gate;
    private final Clock clock;
    private final Duration first;
    private final Duration interval;
    private final List<Batch> batches = List.of(
            this::idempotencyKeys, batch(DELETE_REFRESH_TOKENS), batch(DELETE_TOKEN_FAMILIES), batch(DELETE_FAILURES),
            this::failedAttempts);
    private final Thread thread = Thread.ofVirtual().name("expiry-sweep").unstarted(this::run);
    private volatile Instant succeeded = Instant.EPOCH;

    public ExpirySweep(Gate gate, Clock clock) {
        this(gate, clock, FIRST, INTERVAL);
    }

    ExpirySweep(Gate gate, Clock clock, Duration first, Duration interval) {
        this.gate = gate;
        this.clock = clock;
        this.first = first;
        this.interval = interval;
    }

    public void start() {
        thread.start();
    }

    private void run() {
        try {
            Thread.sleep(first);
            while (true) {
                sweep();
                Thread.sleep(interval);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** When all that had expired was last deleted; 1970 if not yet. */
    public Instant succeeded() {
        return succeeded;
    }

    /** Deletes all that is expired, batch by batch so that no transaction lasts; another time if that fails. */
    public void sweep() {
        try {
            for (Batch batch : batches) {
                while (gate.call(batch::delete) == BATCH) {
                    Thread.onSpinWait();
                }
            }
            succeeded = clock.instant();
        } catch (DomainException e) {
            System.getLogger(ExpirySweep.class.getName())
                    .log(System.Logger.Level.DEBUG, "sweep put off: " + e.getMessage());
        } catch (RuntimeException | Error e) {
            // Whatever it is, as with a class that the image lacks: later is better than never again. Where memory runs out,
            // the JVM ends by itself.
            System.getLogger(ExpirySweep.class.getName()).log(System.Logger.Level.WARNING, "sweep failed", e);
        }
    }

    private int idempotencyKeys(Handle handle) {
        var delete = handle.createUpdate(DELETE_IDEMPOTENCY_KEYS);
        new Parameters(delete).time(clock.instant().minus(IdempotentInsert.REMEMBERED)).number(BATCH);
        return delete.execute();
    }

    /** Of a statement that asks for nothing but how many. */
    private static Batch batch(String statement) {
        return handle -> {
            var delete = handle.createUpdate(statement);
            new Parameters(delete).number(BATCH);
            return delete.execute();
        };
    }

    private int failedAttempts(Handle handle) {
        var delete = handle.createQuery(DELETE_FAILED_ATTEMPTS);
        new Parameters(delete).number(BATCH);
        return delete.map((row, context) -> row.getInt(1)).one();
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
