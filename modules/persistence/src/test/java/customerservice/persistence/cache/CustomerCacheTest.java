package customerservice.persistence.cache;

import static customerservice.persistence.SampleCustomers.customer;
import static customerservice.persistence.SampleCustomers.largest;
import static customerservice.persistence.SampleCustomers.next;
import static org.junit.jupiter.api.Assertions.assertEquals;

import customerservice.domain.customer.Customer;
import customerservice.domain.customer.CustomerId;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Each race is played in one thread: what happens "meanwhile" happens inside the fetch. */
final class CustomerCacheTest {

    private final AtomicBoolean trusted = new AtomicBoolean(true);
    private final CachedRows<CustomerId, Customer> cache = CachedRows.ofCustomers(1_000_000, trusted::get);
    private final Customer old = customer("Ada", "ada@example.com");
    private final Customer changed = next(old, "Grace");
    private final AtomicReference<Optional<Customer>> stored = new AtomicReference<>(Optional.of(old));

    @Test
    void secondReadIsAnsweredFromMemory() {
        read();
        stored.set(Optional.of(changed));
        assertEquals(Optional.of(old), read());
    }

    @Test
    void invalidatedCustomerIsFetchedAgain() {
        read();
        stored.set(Optional.of(changed));
        cache.invalidate(old.id());
        assertEquals(Optional.of(changed), read());
    }

    @Test
    void absentCustomerIsNotRemembered() {
        stored.set(Optional.empty());
        read();
        stored.set(Optional.of(old));
        assertEquals(Optional.of(old), read());
    }

    @Test
    void stateFetchedBeforeAnInvalidationIsNotKept() {
        Optional<Customer> late = cache.get(old.id(), id -> {
            Optional<Customer> fetched = stored.get();
            stored.set(Optional.of(changed));
            cache.invalidate(id);
            return fetched;
        });
        assertEquals(Optional.of(old), late);
        assertEquals(Optional.of(changed), read());
    }

    @Test
    void stateFetchedBeforeAnInvalidationDoesNotReplaceALaterOne() {
        cache.get(old.id(), id -> {
            Optional<Customer> fetched = stored.get();
            stored.set(Optional.of(changed));
            cache.invalidate(id);
            read();
            return fetched;
        });
        stored.set(Optional.empty());
        assertEquals(Optional.of(changed), read());
    }

    @Test
    void stateFetchedBeforeANewEpochIsNotKept() {
        cache.get(old.id(), id -> {
            Optional<Customer> fetched = stored.get();
            stored.set(Optional.of(changed));
            cache.invalidateAll();
            return fetched;
        });
        assertEquals(Optional.of(changed), read());
    }

    @Test
    void newEpochForgetsEverything() {
        read();
        stored.set(Optional.of(changed));
        cache.invalidateAll();
        assertEquals(Optional.of(changed), read());
    }

    @Test
    void olderStateDoesNotReplaceANewerOne() {
        cache.get(old.id(), id -> {
            Optional<Customer> fetched = stored.get();
            stored.set(Optional.of(changed));
            read();
            return fetched;
        });
        stored.set(Optional.empty());
        assertEquals(Optional.of(changed), read());
    }

    @Test
    void nothingIsReadWithoutTrust() {
        read();
        stored.set(Optional.of(changed));
        trusted.set(false);
        assertEquals(Optional.of(changed), read());
    }

    @Test
    void nothingIsKeptWithoutTrust() {
        trusted.set(false);
        read();
        trusted.set(true);
        stored.set(Optional.of(changed));
        assertEquals(Optional.of(changed), read());
    }

    @Test
    void hitsAndMissesAreCounted() {
        read();
        read();
        read();
        assertEquals(2, cache.figures().stats().hitCount());
        assertEquals(1, cache.figures().stats().missCount());
    }

    @Test
    void largestCustomersFillTheCacheSooner() {
        for (int i = 0; i < 20; i++) {
            Customer large = largest("c" + i + "@example.com");
            cache.get(large.id(), _ -> Optional.of(large));
        }
        // Some 108,000 bytes each.
        assertEquals(9, cache.figures().estimatedSize());
    }

    @Test
    void smallCustomersAreKeptInGreatNumber() {
        for (int i = 0; i < 1_000; i++) {
            Customer small = customer("Ada", "c" + i + "@example.com");
            cache.get(small.id(), _ -> Optional.of(small));
        }
        assertEquals(1_000, cache.figures().estimatedSize());
    }

    private Optional<Customer> read() {
        CustomerId id = old.id();
        return cache.get(id, any -> stored.get());
    }
}
