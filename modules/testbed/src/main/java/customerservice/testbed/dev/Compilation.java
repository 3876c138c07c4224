package customerservice.testbed.dev;

import customerservice.testbed.RuntimePath;
import customerservice.testsupport.WorkingDirectory;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Makes the next generation: compiles the modules that changed and those that depend on them, all in one go, into folders
 * of its own. The release is that of the running JDK, which is the one that the build selects; warnings are left to the
 * build.
 */
final class Compilation {

    private final List<ModuleFolder> modules;
    private final Path output;
    private final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();

    /** @param output an empty folder, for all generations */
    Compilation(List<ModuleFolder> modules, Path output) {
        this.modules = modules;
        this.output = output;
    }

    sealed interface Outcome {

        record Compiled(Generation generation) implements Outcome {}

        /** @param messages as javac prints them */
        record Failed(String messages) implements Outcome {}
    }

    /** @param changed files below the folders of the modules */
    Outcome next(Generation current, Collection<Path> changed) {
        Set<ModuleFolder> stale = touched(changed);
        Path folder = output.resolve(String.valueOf(current.number() + 1));
        WorkingDirectory.delete(folder); // what an attempt that failed has left
        try {
            for (ModuleFolder module : stale) {
                copyOtherFiles(module, current.classes().get(module.name()), folder.resolve(module.name()), changed);
            }
            var classes = new HashMap<>(current.classes());
            if (changed.stream().anyMatch(file -> file.toString().endsWith(".java"))) {
                String messages = compile(stale, current, folder);
                if (!messages.isEmpty()) {
                    return new Outcome.Failed(messages);
                }
            } else {
                for (ModuleFolder module : stale) {
                    copyClasses(current.classes().get(module.name()), folder.resolve(module.name()));
                }
            }
            stale.forEach(module -> classes.put(module.name(), folder.resolve(module.name())));
            return new Outcome.Compiled(new Generation(current.number() + 1, classes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Removes the folders that none of these generations needs. */
    void keepOnly(Collection<Generation> kept) {
        Set<Path> needed = kept.stream()
                .flatMap(generation -> generation.classes().values().stream())
                .collect(Collectors.toSet());
        try (Stream<Path> folders = Files.walk(output, 2)) {
            folders.filter(folder -> folder.getNameCount() == output.getNameCount() + 2)
                    .filter(folder -> !needed.contains(folder))
                    .toList()
                    .forEach(WorkingDirectory::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The modules with changed sources and, as what they export may have changed, all that depend on them. */
    private Set<ModuleFolder> touched(Collection<Path> changed) {
        var stale = new LinkedHashSet<ModuleFolder>();
        for (ModuleFolder module : modules) {
            if (changed.stream().anyMatch(module::holds)) {
                stale.add(module);
            }
        }
        if (changed.stream().noneMatch(file -> file.toString().endsWith(".java"))) {
            return stale;
        }
        boolean grown = true;
        while (grown) {
            Set<String> names = stale.stream().map(ModuleFolder::name).collect(Collectors.toSet());
            grown = false;
            for (ModuleFolder module : modules) {
                grown |= module.requires().stream().anyMatch(names::contains) && stale.add(module);
            }
        }
        return stale;
    }

    private String compile(Set<ModuleFolder> stale, Generation current, Path folder) throws IOException {
        var options = new ArrayList<String>(List.of(
                "--release", String.valueOf(Runtime.version().feature()),
                "-parameters", "-g", "-proc:none", "-nowarn", "-Xlint:none", "-implicit:none",
                "-encoding", "UTF-8",
                "-d", folder.toString(),
                "--module-path", modulePath(stale, current)));
        var sources = new ArrayList<Path>();
        for (ModuleFolder module : stale) {
            options.add("--module-source-path");
            options.add(module.name() + "=" + module.sources());
            try (Stream<Path> found = Files.walk(module.sources())) {
                found.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
            }
        }
        var messages = new StringWriter();
        // One for each compilation: it keeps the paths that it was given.
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, Locale.ROOT,
                StandardCharsets.UTF_8)) {
            boolean compiled = compiler
                    .getTask(messages, files, null, options, null, files.getJavaFileObjectsFromPaths(sources))
                    .call();
            return compiled ? "" : messages.toString().isBlank() ? "javac failed" : messages.toString();
        }
    }

    /** Libraries, and the modules that are not compiled now; a folder of the build is replaced by the generation's. */
    private String modulePath(Set<ModuleFolder> stale, Generation current) {
        var path = new ArrayList<String>();
        for (ModuleFolder module : modules) {
            if (!stale.contains(module)) {
                path.add(current.classes().get(module.name()).toString());
            }
        }
        path.addAll(RuntimePath.libraries());
        return String.join(File.pathSeparator, path);
    }

    /** Resources as they are in the source tree; what the build put beside them, from the generation before. */
    private static void copyOtherFiles(ModuleFolder module, Path from, Path to, Collection<Path> changed)
            throws IOException {
        copy(from, to, file -> !file.toString().endsWith(".class"));
        for (Path file : changed) {
            if (file.startsWith(module.resources())) {
                Path target = to.resolve(module.resources().relativize(file).toString());
                if (Files.exists(file)) {
                    Files.createDirectories(target.getParent());
                    Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
                } else {
                    Files.deleteIfExists(target);
                }
            }
        }
    }

    private static void copyClasses(Path from, Path to) throws IOException {
        copy(from, to, file -> file.toString().endsWith(".class"));
    }

    private static void copy(Path from, Path to, Predicate<Path> chosen) throws IOException {
        try (Stream<Path> found = Files.walk(from)) {
            for (Path file : found.filter(Files::isRegularFile).filter(chosen).toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}
