package customerservice.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Whole folders. */
final class Folder {

    private Folder() {}

    /** Every file, link and folder below, and itself, folders before what they hold; in the order of their names. */
    static List<Path> contents(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.sorted().toList();
        }
    }

    /** Removes it and everything in it; does nothing if there is none. */
    static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            for (Path path : contents(folder).reversed()) {
                Files.delete(path);
            }
        }
    }
}
