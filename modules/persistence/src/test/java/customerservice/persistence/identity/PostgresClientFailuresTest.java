package customerservice.persistence.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import customerservice.domain.audit.AuditEntry;
import customerservice.domain.identity.ClientFailures;
import customerservice.persistence.Database;
import customerservice.persistence.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class PostgresClientFailuresTest extends ClientFailuresContract {

    private static final String CLIENT = "01890a5d-ac96-774b-bcce-b302099a8057";

    private static final TestDatabase DATABASE = TestDatabase.migrated();
    private static final Database OPENED = Database.open(DATABASE.settings().withoutCache(), Clock.systemUTC());

    @BeforeEach
    void empty() {
        DATABASE.execute("truncate audit_log, sign_in_failures");
    }

    @AfterAll
    static void drop() {
        OPENED.close();
        DATABASE.close();
    }

    @Override
    ClientFailures failures() {
        return OPENED.clientFailures();
    }

    @Test
    void aFailureAndItsEntryInTheTrailAreOne() {
        fail(CLIENT, HERE, 1);

        assertEquals("1", lines());
    }

    @Test
    void aTokenThatIsNotGoodIsNotInTheTrail() {
        failures().failed(HERE);

        assertEquals("0", DATABASE.query("select count(*) from audit_log"));
    }

    /** 997 of people, too: those of the two kinds count together. */
    @Test
    void strangersAddAThousandLinesAnHourToTheTrailAndNoMore() {
        strangersLines("auth.sign_in_failed", 997, "59 minutes");
        fail(CLIENT, HERE, 5);

        assertEquals("1000", lines());
        assertEquals(5, failures().standing(HERE).ofNetwork().count());
    }

    /** Of an instance whose clock is behind: else its lines would not count. */
    @Test
    void strangersLinesHaveTheDatabasesTime() {
        failures().failed(CLIENT, HERE, audit(Instant.now().minusSeconds(7_200)));
        failures().failed(CLIENT, HERE, audit(Instant.now().plusSeconds(7_200)));

        assertEquals(
                "2", DATABASE.query("select count(*) from audit_log where at between now() - interval '2 minutes'"
                        + " and now()"));
    }

    /** As after a failover to a server whose clock is behind. */
    @Test
    void failuresThatAreYetToComeHaveJustBeen() {
        fail(CLIENT, HERE, 1);
        DATABASE.execute("update sign_in_failures set last_failed_at = now() + interval '1 hour'");

        assertEquals(Duration.ZERO, failures().standing(HERE).ofNetwork().sinceLast());
    }

    @Test
    void linesOfAnHourAgoDoNotCount() {
        strangersLines("auth.sign_in_failed", 1_000, "61 minutes");
        fail(CLIENT, HERE, 1);

        assertEquals("1001", lines());
    }

    @Test
    void whatIsNotOfStrangersIsAlwaysInTheTrail() {
        strangersLines("auth.sign_in_failed", 1_000, "1 minute");
        var entry = new AuditEntry(
                Instant.now(), "user.change_password_failed", "x", 0, List.of(), audit(Instant.now()).caller());
        OPENED.signInHistory().failed("ada", HERE, false, entry);

        assertEquals("1001", lines());
    }

    static String lines() {
        return DATABASE.query("select count(*) from audit_log");
    }

    private static void strangersLines(String action, int count, String ago) {
        DATABASE.execute("insert into audit_log (at, action, subject, version, fields, actor, request_id,"
                + " source_address) select now() - interval '" + ago + "', '" + action
                + "', 'unknown', 0, '{}', 'anonymous', 'r', '192.0.2.1' from generate_series(1, " + count + ")");
    }
}
