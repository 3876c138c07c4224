package customerservice.testbed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How the program's packages depend on one another, and how much of each can be seen from outside. */
class StructureTest {

    private static final Path MODULES = Path.of("..");
    private static final List<String> SHIPPED = List.of(
            "domain", "persistence", "auth", "metrics", "api", "app");
    private static final int MEDIAN_LINES = 100;

    /** Made by the JVM and its libraries, which know them by name. */
    private static final Set<String> NAMED_ELSEWHERE = Set.of(
            "customerservice/api/transport/NoReverseLookups",
            "customerservice/api/transport/NoReverseLookups.<init>",
            "customerservice/app/Main",
            "customerservice/app/logging/ServiceLogManager",
            "customerservice/app/logging/ServiceLogManager.<init>");

    private static final List<CompiledClass> MAIN = new ArrayList<>();
    private static final List<CompiledClass> TESTS = new ArrayList<>();

    @BeforeAll
    static void read() throws IOException {
        try (Stream<Path> modules = Files.list(MODULES)) {
            for (Path module : modules.filter(Files::isDirectory).toList()) {
                boolean shipped = SHIPPED.contains(module.getFileName().toString());
                read(module.resolve("target/classes"), shipped ? MAIN : TESTS);
                read(module.resolve("target/test-classes"), TESTS);
            }
        }
    }

    private static void read(Path folder, List<CompiledClass> classes) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(StructureTest::isClass).toList()) {
                classes.add(CompiledClass.read(file));
            }
        }
    }

    private static boolean isClass(Path file) {
        return file.toString().endsWith(".class") && !file.endsWith("module-info.class");
    }

    @Test
    void packagesDependOnOneAnotherWithoutACircle() {
        var packages = new TreeMap<String, Set<String>>();
        for (CompiledClass compiled : MAIN) {
            Set<String> used = packages.computeIfAbsent(compiled.packageName(), _ -> new TreeSet<>());
            used.addAll(compiled.usedPackages());
            used.remove(compiled.packageName());
        }
        assertTrue(packages.size() > 30, packages::toString);
        assertEquals(Set.of(), inCircles(packages));
    }

    /** Takes away packages that use none of those left, until nothing changes. */
    private static Set<String> inCircles(Map<String, Set<String>> packages) {
        var left = new TreeMap<>(packages);
        while (left.entrySet().removeIf(entry -> entry.getValue().stream().noneMatch(left::containsKey))) {
            // Those that used only these go in the next round.
        }
        return left.keySet();
    }

    @Test
    void nothingIsPublicThatNoOtherPackageUses() {
        var used = new TreeSet<String>();
        for (List<CompiledClass> classes : List.of(MAIN, TESTS)) {
            classes.forEach(compiled -> used.addAll(compiled.usedElsewhere()));
        }
        // Whoever names a subclass may mean what it inherits.
        for (CompiledClass compiled : MAIN) {
            String prefix = compiled.name() + ".";
            List<String> members = used.stream().filter(member -> member.startsWith(prefix)).toList();
            for (String member : members) {
                compiled.supertypes().forEach(type -> used.add(type + member.substring(prefix.length() - 1)));
            }
        }
        used.addAll(NAMED_ELSEWHERE);
        var unused = new TreeSet<String>();
        for (CompiledClass compiled : MAIN) {
            compiled.publicMembers(MAIN).stream().filter(member -> !used.contains(member)).forEach(unused::add);
        }
        assertEquals(Set.of(), unused);
    }

    @Test
    void halfOfTheFilesHaveAtMostOneHundredLines() throws IOException {
        List<Long> lines = new ArrayList<>();
        for (String module : SHIPPED) {
            try (Stream<Path> files = Files.walk(MODULES.resolve(module).resolve("src/main/java"))) {
                for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
                    lines.add((long) Files.readAllLines(file).size());
                }
            }
        }
        lines.sort(null);
        assertTrue(lines.get(lines.size() / 2) <= MEDIAN_LINES, lines::toString);
    }
}
