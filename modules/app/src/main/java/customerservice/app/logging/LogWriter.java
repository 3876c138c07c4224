package customerservice.app.logging;

import customerservice.api.http.trace.TraceContext;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * A bounded queue of lines and the one thread that writes them. Adding never waits: when there is no room the line is
 * dropped and counted, and so are lines that the output does not take. Nothing that the output does reaches the callers.
 *
 * <p>Waking a thread costs more than making a line, so lines are not announced one by one: after each batch the writer
 * lingers for {@link #LINGER_NANOS} and takes what came meanwhile; only when nothing did it sleeps until somebody wakes
 * it. A line is late by that much at most, and lost if the process is killed meanwhile.
 */
final class LogWriter implements Runnable {

    private static final long LINGER_NANOS = 5_000_000;
    private static final int INITIAL_BATCH = 64 * 1_024;
    private static final long MILLIS_BETWEEN_COMPLAINTS = 10_000;

    private final Queue<LogLine> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger used = new AtomicInteger();
    private final AtomicBoolean asleep = new AtomicBoolean();
    private final LongAdder dropped = new LongAdder();
    private final LineBuffer batch = new LineBuffer(INITIAL_BATCH);
    private final int capacity;
    private final Clock clock;
    private final Thread thread;

    private volatile LogTarget target;
    private LogTarget batchTarget;
    private int linesInBatch;
    private boolean broken;
    private long complainedAbout;
    private long nextComplaint = Long.MIN_VALUE;

    /**
     * @param capacity of the queue, in lines of up to a kibibyte; larger ones count for more
     */
    LogWriter(LogTarget target, int capacity, Clock clock) {
        this.target = target;
        this.batchTarget = target;
        this.capacity = capacity;
        this.clock = clock;
        this.thread = new Thread(null, this, "log-writer", 0, false);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** For the lines that are written from now on. */
    void target(LogTarget other) {
        target = other;
    }

    /** By any thread, at any time; takes well below a microsecond. */
    void add(LogLine line) {
        int weight = line.weight();
        if (used.addAndGet(weight) > capacity) {
            used.addAndGet(-weight);
            dropped.increment();
            return;
        }
        queue.add(line);
        if (asleep.get() && asleep.compareAndSet(true, false)) {
            LockSupport.unpark(thread);
        }
    }

    /** Lines that were not written, and will not be. */
    long dropped() {
        return dropped.sum();
    }

    /** Waits until all that was added before has been handed to the output, though not for ever. */
    boolean flush(Duration limit) {
        var latch = new CountDownLatch(1);
        queue.add(new LogLine.Flushed(latch));
        LockSupport.unpark(thread);
        try {
            return latch.await(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    @SuppressWarnings("InfiniteLoopStatement") // a daemon thread: it ends with the process
    public void run() {
        while (true) {
            if (drain()) {
                LockSupport.parkNanos(this, LINGER_NANOS);
            } else {
                asleep.set(true);
                if (queue.isEmpty()) {
                    LockSupport.park(this);
                }
                asleep.set(false);
            }
        }
    }

    private boolean drain() {
        boolean any = false;
        LogLine line;
        while ((line = queue.poll()) != null) {
            any = true;
            if (line instanceof LogLine.Flushed flushed) {
                write();
                complain();
                flushed.latch().countDown();
            } else {
                append(line);
                used.addAndGet(-line.weight());
            }
        }
        write();
        complain();
        return any;
    }

    private void append(LogLine line) {
        LogTarget now = target;
        if (!now.equals(batchTarget)) {
            write();
            batchTarget = now;
        }
        linesInBatch++;
        LineFormat how = now.format();
        // Not a switch over patterns: the first one of a process has the JVM make a class, at every start.
        if (line instanceof LogLine.Access access) {
            prefix(Severity.INFO);
            how.access(access, batch);
        } else if (line instanceof LogLine.Audit audit) {
            prefix(Severity.INFO);
            how.audit(audit, batch);
        } else if (line instanceof LogLine.Application application) {
            prefix(application.severity());
            how.application(application, batch);
        } else {
            throw new AssertionError("not a line");
        }
        if (batch.size() >= now.output().batchBytes()) {
            write();
        }
    }

    private void prefix(Severity severity) {
        if (batchTarget.priorities()) {
            batch.raw(severity.prefix());
        }
    }

    private void write() {
        if (batch.size() == 0) {
            return;
        }
        try {
            batch.writeTo(batchTarget.output());
            broken = false;
        } catch (IOException e) {
            // A closed pipe or a full disk. There is nowhere to say so, and serving goes on.
            broken = true;
            dropped.add(linesInBatch);
        }
        batch.clear();
        linesInBatch = 0;
    }

    private void complain() {
        long count = dropped.sum();
        long now = clock.millis();
        if (count > complainedAbout && !broken && now >= nextComplaint) {
            append(new LogLine.Application(
                    now,
                    Severity.WARN,
                    LogWriter.class.getName(),
                    (count - complainedAbout) + " log lines were dropped: the output did not take them",
                    "",
                    "",
                    TraceContext.NONE,
                    null));
            complainedAbout = count;
            nextComplaint = now + MILLIS_BETWEEN_COMPLAINTS;
            write();
        }
    }
}
