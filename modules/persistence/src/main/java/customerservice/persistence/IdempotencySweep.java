package customerservice.persistence;

import customerservice.domain.DomainException;
import java.time.Clock;
import java.time.Duration;

/** Deletes expired idempotency records now and then: nothing needs them, and their answers are personal data. */
final class IdempotencySweep implements AutoCloseable {

    /** Soon after the start, so that Jdbi is made here and not by the first request. */
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration INTERVAL = Duration.ofMinutes(10);
    private static final int BATCH = 500;

    /** Instances sweep side by side; each takes what no other has locked. */
    private static final String DELETE = """
            delete from idempotency_keys where (subject, key) in (
              select subject, key from idempotency_keys where created_at <= ? order by created_at limit ?
              for update skip locked
            )
            """;

    private final Gate gate;
    private final Clock clock;
    private final Thread thread = Thread.ofVirtual().name("idempotency-sweep").unstarted(this::run);

    IdempotencySweep(Gate gate, Clock clock) {
        this.gate = gate;
        this.clock = clock;
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            Thread.sleep(FIRST);
            while (true) {
                sweep();
                Thread.sleep(INTERVAL);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Deletes all that are expired, batch by batch so that no transaction lasts; another time if the store is busy. */
    void sweep() {
        try {
            while (sweepBatch() == BATCH) {
                Thread.onSpinWait();
            }
        } catch (DomainException e) {
            System.getLogger(IdempotencySweep.class.getName())
                    .log(System.Logger.Level.DEBUG, "sweep put off: " + e.getMessage());
        }
    }

    private int sweepBatch() {
        return gate.call(handle -> {
            var delete = handle.createUpdate(DELETE);
            new Parameters(delete).time(clock.instant().minus(IdempotentInsert.REMEMBERED)).number(BATCH);
            return delete.execute();
        });
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
