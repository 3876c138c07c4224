package customerservice.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is linked of {@code java.desktop}: JavaBeans, which Liquibase reads its own classes with. A module must have every
 * package that its descriptor names, so each other package keeps its smallest file.
 */
final class Desktop {

    private static final String KEPT = "module-info\\.class|java/beans/|com/sun/beans/";

    private Desktop() {}

    /** Writes a pattern for {@code jlink --exclude-resources}, for the JDK that this runs on. */
    static void writeUnlinked(Path list) throws IOException {
        Path module = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("/modules/java.desktop");
        String smallest = smallestOfEachPackage(module).values().stream()
                .map(file -> Pattern.compile("[.$]").matcher(module.relativize(file).toString())
                        .replaceAll("\\\\$0"))
                .collect(Collectors.joining("$|"));
        Files.writeString(list, "regex:/java\\.desktop/(?!" + KEPT + "|" + smallest + "$).*\n");
    }

    private static Map<Path, Path> smallestOfEachPackage(Path module) throws IOException {
        Comparator<Path> bySize = Comparator.comparingLong(Desktop::size).thenComparing(Path::toString);
        try (Stream<Path> files = Files.walk(module)) {
            return files.filter(file -> Files.isRegularFile(file) && !file.getParent().equals(module))
                    .collect(Collectors.toMap(Path::getParent, file -> file, BinaryOperator.minBy(bySize),
                            TreeMap::new));
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
