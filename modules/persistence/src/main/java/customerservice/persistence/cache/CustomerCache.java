package customerservice.persistence.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import customerservice.domain.customer.Customer;
import customerservice.domain.customer.CustomerId;
import customerservice.persistence.customer.CustomerSize;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * Customers in memory, as long as someone vouches for hearing of every change.
 *
 * <p>The danger is a reader that fetched the old state before a change and puts it here after the change was announced:
 * it would stay for good. So a reader takes a stamp before it fetches, an announcement changes the stamp before it
 * removes, and a state is kept only if the stamp is still the same, checked under the lock that the removal needs too.
 * Stamps are shared by many customers; a false alarm costs one more fetch.
 *
 * <p>When announcements may have been missed, a new epoch begins: what was put in an earlier one is never given out
 * again, also if a slow reader puts it only now.
 */
public final class CustomerCache {

    private static final int STRIPES = 1024;

    private final BooleanSupplier trusted;
    private final Cache<CustomerId, Entry> entries;
    private final AtomicLongArray stamps = new AtomicLongArray(STRIPES);
    private final AtomicLong epoch = new AtomicLong();

    /**
     * @param maximumBytes of the heap, by an estimate on the high side: customers differ in size by a factor of 200
     * @param trusted whether announcements arrive; while they do not, nothing is taken from here and nothing put here
     */
    public CustomerCache(long maximumBytes, BooleanSupplier trusted) {
        this.trusted = trusted;
        this.entries = Caffeine.newBuilder()
                .maximumWeight(maximumBytes)
                .weigher((CustomerId id, Entry entry) -> CustomerSize.bytes(entry.customer()))
                // Upkeep is microseconds; not worth a pool of threads.
                .executor(Runnable::run)
                .recordStats()
                .build();
    }

    /** @param fetch gives the state as it is stored at some moment after it is called */
    Optional<Customer> get(CustomerId id, Function<CustomerId, Optional<Customer>> fetch) {
        if (!trusted.getAsBoolean()) {
            return fetch.apply(id);
        }
        Entry entry = entries.getIfPresent(id);
        if (entry != null && entry.epoch() == epoch.get()) {
            return Optional.of(entry.customer());
        }
        long epochBefore = epoch.get();
        long stampBefore = stamps.get(stripe(id));
        Optional<Customer> customer = fetch.apply(id);
        if (customer.isPresent()) {
            keep(id, new Entry(customer.get(), epochBefore), stampBefore);
        }
        return customer;
    }

    private void keep(CustomerId id, Entry fetched, long stampBefore) {
        entries.asMap().compute(id, (key, present) -> {
            boolean unchanged = stamps.get(stripe(id)) == stampBefore && epoch.get() == fetched.epoch();
            if (!unchanged) {
                return present;
            }
            // Two readers may have fetched around a change that has not been announced yet.
            return present != null && present.isNewerThan(fetched) ? present : fetched;
        });
    }

    /** This customer has changed or is gone. */
    public void invalidate(CustomerId id) {
        stamps.incrementAndGet(stripe(id));
        entries.invalidate(id);
    }

    /** Any customer may have changed. */
    public void invalidateAll() {
        epoch.incrementAndGet();
        entries.invalidateAll();
    }

    public Cache<?, ?> figures() {
        return entries;
    }

    private static int stripe(CustomerId id) {
        int hash = id.hashCode();
        return (hash ^ (hash >>> 16)) & (STRIPES - 1);
    }

    private record Entry(Customer customer, long epoch) {

        boolean isNewerThan(Entry other) {
            return epoch == other.epoch && customer.version() > other.customer.version();
        }
    }
}
