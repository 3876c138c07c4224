package customerservice.testbed;

import java.io.File;
import java.lang.module.ResolvedModule;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where this JVM has its modules from, for a program or a compiler that is to have the same. Tests run with part of their
 * libraries on a class path; here all are on one path, as in the image.
 */
public final class RuntimePath {

    private static final String OWN = "customerservice.";
    private static final List<String> OF_TESTS_ONLY = List.of(
            "apiguardian-api-", "jspecify-", "junit-", "maven-surefire-", "opentest4j-", "surefire");

    private RuntimePath() {}

    /** The libraries: everything but the project's own modules and what runs tests. */
    public static List<String> libraries() {
        Set<String> own = locations("");
        return entries().filter(entry -> !own.contains(entry)).toList();
    }

    /** What the service needs: its own modules and the libraries, but neither the testbed nor test-support. */
    public static List<String> service() {
        Set<String> forTests = locations("test"); // testbed and testsupport
        return entries().filter(entry -> !forTests.contains(entry)).toList();
    }

    /** Everything that this JVM has, but what runs tests. */
    public static List<String> all() {
        return entries().toList();
    }

    private static Stream<String> entries() {
        var entries = new LinkedHashSet<String>();
        for (String property : List.of("jdk.module.path", "java.class.path")) {
            for (String entry : System.getProperty(property, "").split(File.pathSeparator, -1)) {
                if (!entry.isEmpty()) {
                    entries.add(entry);
                }
            }
        }
        return entries.stream().filter(RuntimePath::isOfTheProgram);
    }

    private static boolean isOfTheProgram(String entry) {
        String name = Path.of(entry).getFileName().toString();
        return !name.equals("test-classes") && OF_TESTS_ONLY.stream().noneMatch(name::startsWith);
    }

    private static Set<String> locations(String ownModule) {
        return ModuleLayer.boot().configuration().modules().stream()
                .filter(module -> module.name().startsWith(OWN + ownModule))
                .map(RuntimePath::location)
                .collect(Collectors.toSet());
    }

    private static String location(ResolvedModule module) {
        return Path.of(module.reference().location().orElseThrow()).toString();
    }
}
