package customerservice.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is linked of {@code java.desktop}: JavaBeans, which Liquibase reads its own classes with, and the classes that it
 * names, with what these extend. A module must have every package that its descriptor names, so each other package keeps
 * its smallest file.
 */
final class Desktop {

    private static final List<String> BEANS = List.of("java/beans/", "com/sun/beans/");

    private final Path module = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("/modules/java.desktop");
    private final Set<String> kept = new TreeSet<>();

    /** Writes a pattern for {@code jlink --exclude-resources}, for the JDK that this runs on. */
    void writeUnlinked(Path list) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(module)) {
            files = all.filter(Files::isRegularFile).toList();
        }
        files.stream().map(this::name).filter(Desktop::isOfBeans).forEach(kept::add);
        keepNamedClasses();
        kept.addAll(smallestOfEachPackage(files));
        String pattern = kept.stream()
                .map(name -> Pattern.compile("[.$]").matcher(name).replaceAll("\\\\$0"))
                .collect(Collectors.joining("|", "regex:/java\\.desktop/(?!(", ")$).*\n"));
        Files.writeString(list, pattern);
        System.out.println("java.desktop: " + kept.size() + " of " + files.size() + " files");
    }

    private void keepNamedClasses() throws IOException {
        Deque<String> named = new ArrayDeque<>();
        for (String name : List.copyOf(kept)) {
            if (name.endsWith(".class")) {
                for (PoolEntry constant : parse(name).constantPool()) {
                    if (constant instanceof ClassEntry entry) {
                        named.add(entry.asInternalName());
                    }
                }
            }
        }
        while (!named.isEmpty()) {
            String name = named.pop() + ".class";
            if (Files.exists(module.resolve(name)) && kept.add(name)) {
                ClassModel model = parse(name);
                model.superclass().map(ClassEntry::asInternalName).ifPresent(named::add);
                model.interfaces().forEach(entry -> named.add(entry.asInternalName()));
            }
        }
    }

    private Collection<String> smallestOfEachPackage(List<Path> files) {
        var smallest = new HashMap<Path, String>();
        files.stream()
                .sorted(Comparator.comparingLong(Desktop::size).thenComparing(Path::toString))
                .forEach(file -> smallest.putIfAbsent(file.getParent(), name(file)));
        return smallest.values();
    }

    private String name(Path file) {
        return module.relativize(file).toString();
    }

    private ClassModel parse(String name) throws IOException {
        return ClassFile.of().parse(Files.readAllBytes(module.resolve(name)));
    }

    private static boolean isOfBeans(String name) {
        return BEANS.stream().anyMatch(name::startsWith);
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
