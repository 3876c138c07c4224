package customerservice.api.transport.http2;

/** The latest of many stream ids. */
final class RecentIds {

    private static final int[] NONE = {};

    private final int capacity;
    private int[] ids = NONE;
    private int count;

    RecentIds(int capacity) {
        this.capacity = capacity;
    }

    void add(int id) {
        if (ids.length == 0) {
            ids = new int[capacity];
        }
        ids[count] = id;
        count = (count + 1) % capacity;
    }

    boolean contains(int id) {
        for (int recent : ids) {
            if (recent == id) {
                return true;
            }
        }
        return false;
    }
}
