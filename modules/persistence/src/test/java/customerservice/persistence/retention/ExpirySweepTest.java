package customerservice.persistence.retention;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;

import customerservice.persistence.TestDatabase;
import customerservice.persistence.connection.ConnectionSource;
import customerservice.persistence.connection.Gate;
import customerservice.testsupport.Await;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ExpirySweepTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final Duration SOON = Duration.ofMillis(1);

    private final TestDatabase database = TestDatabase.migrated();
    private final Gate gate = new Gate(
            database.settings(), new ConnectionSource(database.settings()), Clock.systemUTC(), Optional.empty());

    @AfterEach
    void drop() {
        gate.close();
        database.close();
    }

    private void expire() {
        database.execute("insert into idempotency_keys"
                + " values ('s', 'k', 'f', gen_random_uuid(), '{}', timestamptz '2025-01-01')");
    }

    private boolean isSwept() {
        return database.query("select count(*) from idempotency_keys").equals("0");
    }

    @Test
    void sweepThatMayNotDeleteIsTriedAgain() {
        expire();
        database.execute("revoke delete on idempotency_keys from customer_service");
        try (var sweep = new ExpirySweep(gate, Clock.systemUTC())) {
            assertDoesNotThrow(sweep::sweep);
            assertEquals(Instant.EPOCH, sweep.succeeded());
            database.execute("grant delete on idempotency_keys to customer_service");
            sweep.sweep();
            Await.until("swept", this::isSwept);
        }
    }

    @Test
    void errorDoesNotEndTheSweeping() {
        expire();
        var failing = new FailingAtFirst();
        try (var sweep = new ExpirySweep(gate, failing, SOON, SOON)) {
            sweep.start();
            Await.until("failed, and tried again", () -> failing.asked.get() > 1);
            Await.until("swept", this::isSwept);
        }
    }

    @Test
    void failuresThatAreForgottenAreSweptAndOthersAreNot() {
        database.execute("insert into sign_in_failures (key, forgotten_at, last_failed_at) values"
                + " ('name ada', now() - interval '1 second', now()), ('name bob', now() + interval '1 minute', now())");

        sweep();

        assertEquals("name bob", database.query("select string_agg(key, ',') from sign_in_failures"));
    }

    @Test
    void strangersLinesOfTheTrailAreSweptAfterNinetyDays() {
        database.execute("insert into audit_log (at, action, subject, version, fields, actor, request_id,"
                + " source_address) select now() - interval '90 days' + later, action, action || later, 0, '{}',"
                + " 'anonymous', 'r', '192.0.2.1'"
                + " from unnest(array['auth.sign_in_failed', 'auth.client_authentication_failed', 'auth.sign_in',"
                + " 'user.create']) action, unnest(array[interval '-1 hour', '1 hour']) later");

        sweep();

        assertEquals(
                "auth.client_authentication_failed01:00:00,auth.sign_in-01:00:00,auth.sign_in01:00:00,"
                        + "auth.sign_in_failed01:00:00,user.create-01:00:00,user.create01:00:00",
                database.query("select string_agg(subject, ',' order by subject collate \"C\") from audit_log"));
    }

    private void sweep() {
        try (var sweep = new ExpirySweep(gate, Clock.systemUTC())) {
            sweep.sweep();
        }
    }

    @Test
    void sweepThatSucceedsSaysWhen() {
        try (var sweep = new ExpirySweep(gate, Clock.fixed(NOW, ZoneOffset.UTC))) {
            assertEquals(Instant.EPOCH, sweep.succeeded());
            sweep.sweep();
            assertEquals(NOW, sweep.succeeded());
        }
    }

    /** Asked for the first time it finds a class missing. */
    private static final class FailingAtFirst extends Clock {

        private final AtomicInteger asked = new AtomicInteger();

        @Override
        public Instant instant() {
            if (asked.incrementAndGet() == 1) {
                throw new NoClassDefFoundError("a class that the image lacks");
            }
            return NOW;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }
}
