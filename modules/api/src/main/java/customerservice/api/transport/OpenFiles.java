package customerservice.api.transport;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** How many files and sockets this process may have open ({@code RLIMIT_NOFILE}, getrlimit(2)). */
final class OpenFiles {

    private static final String LINE = "Max open files";

    private OpenFiles() {}

    /** The soft limit, which a JVM raises to the hard one at its start; a great number where it is not known. */
    static long limit() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/limits"))) {
            return lines.filter(line -> line.startsWith(LINE))
                    .map(line -> line.substring(LINE.length()).strip().split(" ", 2)[0])
                    .filter(number -> !number.equals("unlimited"))
                    .mapToLong(Long::parseLong)
                    .findFirst()
                    .orElse(Integer.MAX_VALUE);
        } catch (IOException e) {
            return Integer.MAX_VALUE;
        }
    }
}
