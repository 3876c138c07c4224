package customerservice.persistence;

import static customerservice.persistence.SampleCustomers.CALLER;
import static customerservice.persistence.SampleCustomers.creation;
import static customerservice.persistence.SampleCustomers.customer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import customerservice.domain.Caller;
import customerservice.domain.DomainException.DuplicateEmail;
import customerservice.domain.DomainException.DuplicateUsername;
import customerservice.domain.Page;
import customerservice.domain.Seek;
import customerservice.domain.audit.AuditEntry;
import customerservice.domain.customer.Customer;
import customerservice.domain.customer.CustomerQuery;
import customerservice.domain.customer.CustomerQuery.Sort;
import customerservice.domain.customer.EmailAddress;
import customerservice.domain.identity.Role;
import customerservice.domain.identity.User;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Names and addresses are the same without regard to case, whatever that is in the database's language. */
final class TurkishDatabaseTest {

    private static final TestDatabase DATABASE = TestDatabase.turkish();
    private static final Database OPENED = Database.open(DATABASE.settings().withoutCache(), Clock.systemUTC());
    private static final User KIM = user("KIM");
    private static final Customer CUSTOMER = customer("Kim", "KIM@EXAMPLE.COM");

    @BeforeAll
    static void insert() {
        OPENED.users().insert(KIM, audit());
        OPENED.users().insert(user("zoe"), audit());
        OPENED.customers().insert(CUSTOMER, creation(CUSTOMER));
    }

    @AfterAll
    static void drop() {
        OPENED.close();
        DATABASE.close();
    }

    @Test
    void userIsFoundByAnyCaseOfItsName() {
        assertEquals(Optional.of(KIM), OPENED.users().findByUsername("KIM"));
        assertEquals(Optional.of(KIM), OPENED.users().findByUsername("kim"));
    }

    @Test
    void userIsFoundForSignInByAnyCaseOfItsName() {
        assertEquals(Optional.of(KIM), OPENED.signInHistory().standing("KIM", "192.0.2.0/24").user());
        assertEquals(Optional.of(KIM), OPENED.signInHistory().standing("kim", "192.0.2.0/24").user());
    }

    @Test
    void nameInAnotherCaseIsTaken() {
        assertThrows(DuplicateUsername.class, () -> OPENED.users().insert(user("kim"), audit()));
    }

    @Test
    void anotherLetterIsAnotherName() {
        assertEquals(Optional.empty(), OPENED.users().findByUsername("\u212Aim"));
        assertEquals(Optional.empty(), OPENED.users().findByUsername("k\u0131m"));
    }

    @Test
    void pageOfUsersBeginsBehindAPositionInUpperCase() {
        assertEquals(
                List.of("zoe"),
                OPENED.users().list(new Seek.After<>("KIM"), 5).items().stream().map(User::username).toList());
    }

    /** It stands where no name does: nothing but what follows is taken for its own row. */
    @Test
    void pageOfUsersBehindAPositionOfAnotherLetterBeginsThere() {
        assertEquals(new Page<>(List.of(), true, false), OPENED.users().list(new Seek.After<>("\u212Aim"), 5));
    }

    @Test
    void customerIsFoundByAnyCaseOfItsAddress() {
        assertEquals(List.of(CUSTOMER), byEmail("KIM@EXAMPLE.COM"));
        assertEquals(List.of(CUSTOMER), byEmail("kim@example.com"));
    }

    @Test
    void addressInAnotherCaseIsTaken() {
        Customer other = customer("Kim", "kim@example.com");
        assertThrows(DuplicateEmail.class, () -> OPENED.customers().insert(other, creation(other)));
    }

    @Test
    void indexesAreInTheOrderOfNoLanguage() {
        assertEquals(
                "",
                DATABASE.query(
                        "select coalesce(string_agg(distinct c.relname, ' ' order by c.relname), '') from pg_index i"
                                + " join pg_class c on c.oid = i.indexrelid, unnest(i.indcollation) used"
                                + " where c.relnamespace = 'public'::regnamespace and used <> 0"
                                + " and used <> all (array['\"C\"', '\"POSIX\"']::regcollation[])"));
    }

    private static List<Customer> byEmail(String email) {
        return OPENED.customers()
                .list(new CustomerQuery(
                        Optional.empty(), Optional.of(new EmailAddress(email)), Optional.empty(), Optional.empty(),
                        Sort.NAME, Seek.start(), 5))
                .items();
    }

    private static User user(String username) {
        return new User(UUID.randomUUID(), username, Role.VIEWER, "none", true, Instant.EPOCH);
    }

    private static AuditEntry audit() {
        return new AuditEntry(
                Instant.EPOCH, "user.create", "x", 0, List.of(),
                new Caller("system", CALLER.requestId(), CALLER.sourceAddress()));
    }
}
