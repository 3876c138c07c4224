package customerservice.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a process holds after a full collection.
 *
 * @param heapKib of the heap, and of the classes
 * @param peakKib the highest resident memory so far
 * @param threads of the operating system
 * @param virtualThreads one of each connection and HTTP/2 stream
 */
record Figures(long heapKib, long rssKib, long peakKib, long threads, long virtualThreads) {

    /** Over what it held before an attack; connections of the pool and compilers come and go. */
    private static final long HEAP_LEFT_OVER = 16_384;
    private static final long THREADS_LEFT_OVER = 40;

    /** A heap of 256 MiB, classes and compiled code, and what is between Java and the operating system. */
    private static final long MAX_RSS = 512 * 1_024;

    private static final Pattern USED = Pattern.compile("total \\d+K, used (\\d+)K");
    private static final Pattern VIRTUAL_THREAD = Pattern.compile("(?m)^#\\d+ .*\\bvirtual\\b");

    static Figures of(Server server, LinkedImage image) {
        String pid = String.valueOf(server.process().pid());
        try {
            Path threads = Files.createTempFile("threads-", "");
            try {
                String commands = "GC.run\nGC.heap_info\nThread.dump_to_file -overwrite " + threads;
                String jcmd = image.home().resolve("bin/jcmd").toString();
                String said = LinkedImage.run(List.of(jcmd, pid, commands), Map.of(), "").expectSuccess();
                String status = Files.readString(Path.of("/proc", pid, "status"));
                return new Figures(
                        USED.matcher(said).results().mapToLong(used -> Long.parseLong(used.group(1))).sum(),
                        field(status, "VmRSS"),
                        field(status, "VmHWM"),
                        field(status, "Threads"),
                        VIRTUAL_THREAD.matcher(Files.readString(threads)).results().count());
            } finally {
                Files.delete(threads);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long field(String status, String name) {
        Matcher field = Pattern.compile("(?m)^" + name + ":\\s+(\\d+)").matcher(status);
        if (!field.find()) {
            throw new IllegalStateException(status);
        }
        return Long.parseLong(field.group(1));
    }

    /** Whether so many connections hold no more than this of the heap, besides what any work leaves there. */
    boolean isWithin(int kibOfOne, int connections, Figures before) {
        return heapKib - before.heapKib < HEAP_LEFT_OVER + (long) kibOfOne * connections;
    }

    /**
     * Whether an attack is over for the process: it has given back what it took, and never took too much.
     *
     * @param cachedKib of customers that may be in memory since
     */
    boolean isBounded(Figures before, int cachedKib) {
        return heapKib - before.heapKib < HEAP_LEFT_OVER + cachedKib
                && threads - before.threads < THREADS_LEFT_OVER
                && virtualThreads - before.virtualThreads < THREADS_LEFT_OVER
                && peakKib < MAX_RSS;
    }
}
