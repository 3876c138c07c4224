package customerservice.api.transport.http2;

import customerservice.api.transport.http2.frame.ErrorCode;
import customerservice.api.transport.http2.frame.Frames;
import customerservice.api.transport.http2.frame.Rules;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The streams of one connection that are neither closed nor forgotten, and how many requests are being worked at. All under
 * one lock, which is never held while anything is written.
 */
final class Streams {

    /** As announced (RFC 9113, section 6.5.2). */
    static final int MAX_OPEN = 128;

    /**
     * A stream that the client resets is closed at once, its request goes on until it notices. Without this limit,
     * resetting would be a way around the other one.
     */
    private static final int MAX_RUNNING = 2 * MAX_OPEN;

    /** Of how many streams it is known that the client has ended them, so that nothing more may come. */
    private static final int REMEMBERED_ENDED = 16;

    /** Of how many it is known that this side has reset them, and what comes was sent before the client knew. */
    private static final int REMEMBERED_RESET = 2 * MAX_OPEN;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Integer, Http2Stream> open = new HashMap<>();
    private final RecentIds ended = new RecentIds(REMEMBERED_ENDED);
    private final RecentIds reset = new RecentIds(REMEMBERED_RESET);
    private int lastId;
    private int running;
    private long waitingSince = System.nanoTime();
    private boolean lost;

    ReentrantLock lock() {
        return lock;
    }

    /** The open stream of that id; null if there is none. */
    Http2Stream get(int id) {
        lock.lock();
        try {
            return open.get(id);
        } finally {
            lock.unlock();
        }
    }

    /** Whether the client has not opened it yet, or never can (section 5.1.1). */
    boolean isIdle(int id) {
        return id > lastId || id % 2 == 0;
    }

    /** The latest that the client has opened; read by the connection's thread, or under the lock. */
    int lastId() {
        return lastId;
    }

    void lastId(int id) {
        lock.lock();
        try {
            lastId = id;
        } finally {
            lock.unlock();
        }
    }

    /** Whether another one would be too many. */
    boolean isFull() {
        lock.lock();
        try {
            return open.size() >= MAX_OPEN || running >= MAX_RUNNING;
        } finally {
            lock.unlock();
        }
    }

    void open(Http2Stream stream) {
        lock.lock();
        try {
            open.put(stream.id(), stream);
            running++;
        } finally {
            lock.unlock();
        }
    }

    /** The client has ended it, and it is over: another may be opened. Under the lock. */
    void ended(int id) {
        open.remove(id);
        ended.add(id);
    }

    /** This side has reset it, open or not. */
    void reset(int id) {
        lock.lock();
        try {
            open.remove(id);
            reset.add(id);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Frames may still come on a stream that this side has reset. On one that the client has ended they may not, and on one
     * that it has not opened only some.
     */
    void requireReset(int id) {
        lock.lock();
        try {
            if (isIdle(id)) {
                throw Rules.error(ErrorCode.PROTOCOL_ERROR, "A frame of a stream that is not open");
            }
            if (ended.contains(id)) {
                throw Rules.error(ErrorCode.STREAM_CLOSED, "A frame of a stream that has ended");
            }
        } finally {
            lock.unlock();
        }
    }

    boolean wasReset(int id) {
        lock.lock();
        try {
            return reset.contains(id);
        } finally {
            lock.unlock();
        }
    }

    /** Its request is dealt with. */
    void finished() {
        lock.lock();
        try {
            running--;
            waitingSince = System.nanoTime();
        } finally {
            lock.unlock();
        }
    }

    /** Since when no request is being worked at; 0 if one is. */
    long waitingSince() {
        lock.lock();
        try {
            return running == 0 ? waitingSince : 0;
        } finally {
            lock.unlock();
        }
    }

    /** To be called, and gone through, under the lock. */
    Collection<Http2Stream> all() {
        return open.values();
    }

    /** Under the lock. */
    void wakeAll() {
        open.values().forEach(Http2Stream::wake);
    }

    /** Under the lock. */
    boolean isLost() {
        return lost;
    }

    /** The connection has ended: wakes up whoever waits for it. */
    void lose() {
        lock.lock();
        try {
            lost = true;
            wakeAll();
        } finally {
            lock.unlock();
        }
    }
}
