package customerservice.image;

import java.io.IOException;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A module in the image.
 *
 * @param jar the jar that it was linked from; empty for a module of the JDK
 */
record LinkedModule(String name, Optional<Path> jar) {

    /** All of an image, by name, which jars in a folder were linked into. */
    static List<LinkedModule> of(Path image, Path libraries) throws IOException {
        Map<String, ModuleReference> jars = ModuleFinder.of(libraries).findAll().stream()
                .collect(Collectors.toMap(found -> found.descriptor().name(), Function.identity()));
        var release = new Properties();
        try (var text = Files.newInputStream(image.resolve("release"))) {
            release.load(text);
        }
        return Stream.of(release.getProperty("MODULES").replace("\"", "").split(" "))
                .sorted()
                .map(name -> new LinkedModule(name, Optional.ofNullable(jars.get(name))
                        .flatMap(ModuleReference::location)
                        .map(Path::of)))
                .toList();
    }

    boolean isOfTheJdk() {
        return jar.isEmpty();
    }

    boolean isFrom(String jarName) {
        return jar.map(path -> path.endsWith(jarName)).orElse(false);
    }
}
