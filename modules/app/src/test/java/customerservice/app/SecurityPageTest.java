package customerservice.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What docs/security.md says to be proved by a test is proved by one that exists. */
class SecurityPageTest {

    private static final Path ROOT = Path.of("../..");
    private static final Path PAGE = ROOT.resolve("docs/security.md");

    /** The folders that the page abbreviates; any other is a module's. */
    private static final Map<String, Path> FOLDERS = Map.of(
            "image", Path.of("runtime-image/src/test/java"),
            "fleet", Path.of("ansible/tests"));

    /** In code: a folder, a class or a file of tests, and often one of its tests. */
    private static final Pattern CITATION = Pattern.compile(
            "`(?<folder>[a-z]+)/(?<file>\\w+(?:Test|IT|Contract)|test_\\w+)(?:\\.(?<test>\\w+))?`");

    /** Whatever else looks like a test would go unchecked. */
    private static final Pattern LOOKS_LIKE_A_TEST = Pattern
            .compile("`[^`]*(?:Test\\b|IT\\b|Contract\\b|\\btest_)[^`]*`");

    private static final Pattern A_TEST = Pattern.compile("@(?:Test|ParameterizedTest|RepeatedTest|TestFactory)\\b");

    @Test
    void everyTestThatIsNamedExists() throws IOException {
        List<String> missing = new ArrayList<>();
        int named = 0;
        Matcher citation = CITATION.matcher(Files.readString(PAGE));
        while (citation.find()) {
            named++;
            if (!exists(citation.group("folder"), citation.group("file"),
                    Optional.ofNullable(citation.group("test")))) {
                missing.add(citation.group());
            }
        }
        assertEquals(List.of(), missing);
        assertTrue(named > 100, named + " tests are named: are they still recognized?");
    }

    @Test
    void nothingThatLooksLikeATestGoesUnchecked() throws IOException {
        var unchecked = new TreeSet<String>();
        Matcher text = LOOKS_LIKE_A_TEST.matcher(Files.readString(PAGE));
        while (text.find()) {
            if (!CITATION.matcher(text.group()).matches()) {
                unchecked.add(text.group());
            }
        }
        assertEquals(List.of(), List.copyOf(unchecked));
    }

    private static boolean exists(String folder, String file, Optional<String> test) throws IOException {
        boolean python = file.startsWith("test_");
        Path below = ROOT.resolve(FOLDERS.getOrDefault(folder, Path.of("modules", folder, "src/test/java")));
        if (!Files.isDirectory(below)) {
            return false;
        }
        try (Stream<Path> files = Files.walk(below)) {
            for (Path source : files.filter(path -> path.endsWith(file + (python ? ".py" : ".java"))).toList()) {
                if (test.isEmpty() || declares(Files.readString(source), test.get(), python)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** In Java, an annotation that makes it one stands before it, after the end of the method before. */
    private static boolean declares(String source, String test, boolean python) {
        Matcher declaration = Pattern.compile((python ? "(?m)^def " : "(?m)^ {4}\\S.* ") + test + "\\(")
                .matcher(source);
        if (!declaration.find()) {
            return false;
        }
        int end = source.lastIndexOf("\n    }\n", declaration.start());
        return python || A_TEST.matcher(source.substring(Math.max(0, end), declaration.start())).find();
    }
}
