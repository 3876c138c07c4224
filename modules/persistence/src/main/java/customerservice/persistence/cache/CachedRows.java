package customerservice.persistence.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import customerservice.domain.customer.Customer;
import customerservice.domain.customer.CustomerId;
import customerservice.persistence.customer.CustomerSize;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.BiPredicate;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * Rows in memory, as long as someone vouches for hearing of every change.
 *
 * <p>The danger is a reader that fetched the old state before a change and puts it here after the change was announced:
 * it would stay for good. So a reader takes a stamp before it fetches, an announcement changes the stamp before it
 * removes, and a state is kept only if the stamp is still the same, checked under the lock that the removal needs too.
 * Stamps are shared by many rows; a false alarm costs one more fetch.
 *
 * <p>When announcements may have been missed, a new epoch begins: what was put in an earlier one is never given out
 * again, also if a slow reader puts it only now.
 *
 * @param <K> what a row is found by
 * @param <V> what is kept of it
 */
public final class CachedRows<K, V> {

    private static final int STRIPES = 1024;

    private final BooleanSupplier trusted;
    private final Cache<K, Entry<V>> entries;
    private final BiPredicate<V, V> newer;
    private final AtomicLongArray stamps = new AtomicLongArray(STRIPES);
    private final AtomicLong epoch = new AtomicLong();

    /**
     * @param maximumBytes of the heap, by an estimate on the high side
     * @param bytes of one row
     * @param newer whether the first is a later state of a row than the second
     * @param trusted whether announcements arrive; while they do not, nothing is taken from here and nothing put here
     */
    public CachedRows(
            long maximumBytes, ToIntFunction<V> bytes, BiPredicate<V, V> newer, BooleanSupplier trusted) {
        this.trusted = trusted;
        this.newer = newer;
        this.entries = Caffeine.newBuilder()
                .maximumWeight(maximumBytes)
                .weigher((K key, Entry<V> entry) -> bytes.applyAsInt(entry.value()))
                // Upkeep is microseconds; not worth a pool of threads.
                .executor(Runnable::run)
                .recordStats()
                .build();
    }

    /** Of customers, which differ in size by a factor of 200. */
    public static CachedRows<CustomerId, Customer> ofCustomers(long maximumBytes, BooleanSupplier trusted) {
        return new CachedRows<>(
                maximumBytes, CustomerSize::bytes, (one, other) -> one.version() > other.version(), trusted);
    }

    /** @param fetch gives the state as it is stored at some moment after it is called */
    public Optional<V> get(K key, Function<K, Optional<V>> fetch) {
        if (!trusted.getAsBoolean()) {
            return fetch.apply(key);
        }
        Entry<V> entry = entries.getIfPresent(key);
        if (entry != null && entry.epoch() == epoch.get()) {
            return Optional.of(entry.value());
        }
        long epochBefore = epoch.get();
        long stampBefore = stamps.get(stripe(key));
        Optional<V> value = fetch.apply(key);
        if (value.isPresent()) {
            keep(key, new Entry<>(value.get(), epochBefore), stampBefore);
        }
        return value;
    }

    private void keep(K key, Entry<V> fetched, long stampBefore) {
        entries.asMap().compute(key, (_, present) -> {
            boolean unchanged = stamps.get(stripe(key)) == stampBefore && epoch.get() == fetched.epoch();
            if (!unchanged) {
                return present;
            }
            // Two readers may have fetched around a change that has not been announced yet.
            return present != null && isNewer(present, fetched) ? present : fetched;
        });
    }

    private boolean isNewer(Entry<V> one, Entry<V> other) {
        return one.epoch() == other.epoch() && newer.test(one.value(), other.value());
    }

    /** This row has changed or is gone. */
    public void invalidate(K key) {
        stamps.incrementAndGet(stripe(key));
        entries.invalidate(key);
    }

    /** Any row may have changed. */
    public void invalidateAll() {
        epoch.incrementAndGet();
        entries.invalidateAll();
    }

    public Cache<?, ?> figures() {
        return entries;
    }

    private int stripe(K key) {
        int hash = key.hashCode();
        return (hash ^ (hash >>> 16)) & (STRIPES - 1);
    }

    private record Entry<V>(V value, long epoch) {}
}
