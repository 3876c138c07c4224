package customerservice.api.transport.hpack;

/** Fields that the peer has sent before, the newest first, within a number of bytes (RFC 7541, sections 2.3.2 and 4). */
final class DynamicTable {

    private static final HeaderField[] EMPTY = {};
    private static final int FIRST_CAPACITY = 16;

    private final int limit;
    private int maxSize;
    private int size;

    /** A ring, made when it is first needed: many connections never index anything. */
    private HeaderField[] entries = EMPTY;
    private int newest;
    private int count;

    /** @param limit in bytes, as announced to the peer */
    DynamicTable(int limit) {
        this.limit = limit;
        this.maxSize = limit;
    }

    int count() {
        return count;
    }

    int size() {
        return size;
    }

    /** @param index 0 for the newest, less than {@link #count()} */
    HeaderField get(int index) {
        return entries[Math.floorMod(newest - index, entries.length)];
    }

    /** An entry larger than the table empties it, which is no error (section 4.4). */
    void add(HeaderField field) {
        int added = field.size();
        evict(maxSize - added);
        if (added > maxSize) {
            return;
        }
        if (count == entries.length) {
            grow();
        }
        newest = (newest + 1) % entries.length;
        entries[newest] = field;
        count++;
        size += added;
    }

    /** @throws HpackException if it is more than was announced */
    void resize(int newMaxSize) {
        if (newMaxSize > limit) {
            throw new HpackException("The dynamic table is larger than allowed");
        }
        maxSize = newMaxSize;
        evict(maxSize);
    }

    private void evict(int target) {
        while (count > 0 && size > target) {
            int oldest = Math.floorMod(newest - count + 1, entries.length);
            size -= entries[oldest].size();
            entries[oldest] = null;
            count--;
        }
    }

    private void grow() {
        var larger = new HeaderField[Math.max(FIRST_CAPACITY, 2 * count)];
        for (int i = 0; i < count; i++) {
            larger[count - 1 - i] = get(i);
        }
        entries = larger;
        newest = Math.floorMod(count - 1, larger.length);
    }
}
