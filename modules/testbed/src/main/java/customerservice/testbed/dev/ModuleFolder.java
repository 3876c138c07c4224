package customerservice.testbed.dev;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One of the project's modules on disk, once it has been compiled.
 *
 * @param name of the module, such as {@code customerservice.api}
 * @param folder such as {@code modules/api}
 * @param requires names of the modules that its descriptor requires
 */
record ModuleFolder(String name, Path folder, Set<String> requires) {

    Path sources() {
        return folder.resolve("src/main/java");
    }

    Path resources() {
        return folder.resolve("src/main/resources");
    }

    Path classes() {
        return folder.resolve("target/classes");
    }

    boolean holds(Path file) {
        return file.startsWith(folder);
    }

    /** All modules below {@code root/modules}. */
    static List<ModuleFolder> below(Path root) {
        try (Stream<Path> folders = Files.list(root.resolve("modules"))) {
            return folders.filter(folder -> Files.exists(folder.resolve("src/main/java/module-info.java")))
                    .sorted()
                    .map(ModuleFolder::of)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ModuleFolder of(Path folder) {
        ModuleDescriptor descriptor = ModuleFinder.of(folder.resolve("target/classes")).findAll().stream()
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(folder + " has not been compiled"))
                .descriptor();
        Set<String> requires = descriptor.requires().stream()
                .map(ModuleDescriptor.Requires::name)
                .collect(Collectors.toUnmodifiableSet());
        return new ModuleFolder(descriptor.name(), folder, requires);
    }
}
