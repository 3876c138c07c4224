package customerservice.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is in the image and in the release. */
class ImageContentsIT {

    private static final long MEGABYTE = 1_000_000;
    private static final Pattern MODULE_NAME = Pattern.compile("^[^@ ]+");

    private final LinkedImage image = Built.image();

    @Test
    void noJarIsInTheImage() throws IOException {
        assertEquals(List.of(), Folder.contents(image.home()).stream()
                .filter(path -> path.toString().endsWith(".jar"))
                .toList());
    }

    @Test
    void noModuleIsAutomatic() {
        // A line is `name@version`, then what is special about it.
        assertEquals(List.of(), listModules().filter(line -> line.contains("automatic")).toList());
    }

    @Test
    void noModuleComesFromAFile() {
        assertEquals(List.of(), listModules().filter(line -> line.contains(":")).toList());
    }

    @Test
    void everyModuleOfTheApplicationIsLinked() {
        assertEquals(
                Set.of("customerservice.domain", "customerservice.persistence", "customerservice.auth",
                        "customerservice.metrics", "customerservice.api", "customerservice.app"),
                moduleNames().stream()
                        .filter(name -> name.startsWith("customerservice."))
                        .collect(Collectors.toSet()));
    }

    @Test
    void billOfMaterialsListsTheLinkedModules() throws IOException {
        var listed = new TreeSet<String>();
        for (Map<String, Object> component : objects(JsonFile.read(image.home().resolve("sbom.cdx.json")),
                "components")) {
            for (Map<String, Object> property : objects(component, "properties")) {
                if ("jpms:module".equals(property.get("name"))) {
                    assertTrue(listed.add((String) property.get("value")), property + " is listed twice");
                }
            }
        }
        assertEquals(moduleNames(), listed);
    }

    @Test
    void everyFileInAModuleOfOursIsOursOrOfAListedComponent() throws IOException {
        Set<String> sources = fileNames(Path.of("../modules"));
        sources.add("openapi.json"); // which the build makes of openapi.yaml
        List<String> files = filesInModulesOfOurs();
        Set<String> licensed = files.stream()
                .filter(file -> file.contains("/META-INF/licenses/"))
                .map(ImageContentsIT::fileName)
                .collect(Collectors.toSet());
        Set<String> others = files.stream()
                .filter(file -> !file.endsWith("/META-INF/MANIFEST.MF") && !file.contains("/META-INF/licenses/"))
                .filter(file -> file.endsWith(".class")
                        ? !file.matches("/[a-z.]+/(customerservice/.*|module-info\\.class)")
                        : !sources.contains(fileName(file).replaceFirst("\\.gz$", ""))
                                || licensed.contains(fileName(file)))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(others, copiedFiles());
        assertTrue(others.stream().anyMatch(file -> file.endsWith("/swagger-ui-bundle.js.gz")), others::toString);
    }

    @Test
    void everyOtherFileIsOfTheJdkOrOurs() throws IOException {
        Path jdk = Path.of(System.getProperty("java.home"));
        Set<String> modules = moduleNames();
        assertEquals(
                Set.of("bin/customer-service", "lib/jvm.options", "lib/customer-service.aot", "sbom.cdx.json"),
                Folder.contents(image.home()).stream()
                        .filter(path -> !Files.isDirectory(path))
                        .map(image.home()::relativize)
                        .filter(path -> !Files.exists(jdk.resolve(path)))
                        .filter(path -> !(path.startsWith("legal") && modules.contains(path.getName(1).toString())))
                        .map(Path::toString)
                        .collect(Collectors.toSet()));
    }

    private static String fileName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static Set<String> fileNames(Path modules) throws IOException {
        try (Stream<Path> paths = Files.walk(modules)) {
            return paths.filter(path -> path.toString().contains("/src/main/"))
                    .map(path -> path.getFileName().toString())
                    .collect(Collectors.toCollection(HashSet::new));
        }
    }

    /** Each as {@code /MODULE/PATH}; told by the JDK, for the image cannot look into its own modules. */
    private List<String> filesInModulesOfOurs() {
        var files = new ArrayList<String>();
        String module = "";
        for (String line : LinkedImage.run(
                List.of(Path.of(System.getProperty("java.home"), "bin", "jimage").toString(), "list", "--include",
                        "regex:/customerservice\\..*", image.home().resolve("lib/modules").toString()),
                Map.of(), "").expectSuccess().lines().toList()) {
            if (line.startsWith("Module: ")) {
                module = line.substring("Module: ".length());
            } else if (line.startsWith("    ")) {
                files.add("/" + module + "/" + line.strip());
            }
        }
        return files;
    }

    private Set<String> copiedFiles() throws IOException {
        var files = new TreeSet<String>();
        for (Map<String, Object> component : objects(
                JsonFile.read(image.home().resolve("sbom.cdx.json")), "components")) {
            if (component.get("evidence") instanceof Map<?, ?> evidence) {
                for (Object occurrence : (List<?>) evidence.get("occurrences")) {
                    files.add((String) ((Map<?, ?>) occurrence).get("location"));
                }
            }
        }
        return files;
    }

    @Test
    void billOfMaterialsBesideTheReleaseIsTheImages() throws IOException {
        assertEquals(-1, Files.mismatch(image.home().resolve("sbom.cdx.json"), Built.release(".cdx.json")));
    }

    @Test
    void everyLinkedModuleOfOthersHasItsLicence() throws IOException {
        for (String module : moduleNames()) {
            if (!module.startsWith("customerservice.")) {
                try (Stream<Path> texts = Files.list(image.home().resolve("legal").resolve(module))) {
                    assertTrue(texts.allMatch(Files::isRegularFile), module + " has a link to nothing");
                }
            }
        }
    }

    @Test
    void imageTakesAtMost120MegabytesOfDisk() throws IOException {
        long bytes = 0;
        for (Path path : Folder.contents(image.home())) {
            if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
                bytes += Files.size(path);
            }
        }
        assertTrue(bytes <= 120 * MEGABYTE, bytes + " bytes");
    }

    @Test
    void tarballTakesAtMost60Megabytes() throws IOException {
        long bytes = Files.size(Built.release(".tar.gz"));
        assertTrue(bytes <= 60 * MEGABYTE, bytes + " bytes");
    }

    @Test
    void checksumIsTheTarballs() throws IOException {
        Path tarball = Built.release(".tar.gz");
        assertEquals(Release.sha256(tarball) + "  " + tarball.getFileName() + "\n",
                Files.readString(Built.release(".tar.gz.sha256")));
    }

    @Test
    void tarballTellsNothingOfWhoBuiltItAndWhen() {
        // Mode, owner, size, time, name
        var listed = Pattern.compile("\\S+ +(\\S+) +\\d+ (\\S+ \\S+) .*");
        List<Matcher> files = LinkedImage.run(
                List.of("tar", "--list", "--verbose", "--numeric-owner", "--file", Built.release(".tar.gz").toString()),
                Map.of(), "").expectSuccess().lines().map(listed::matcher).filter(Matcher::matches).toList();
        assertEquals(List.of("0/0"), files.stream().map(file -> file.group(1)).distinct().toList());
        assertEquals(1, files.stream().map(file -> file.group(2)).distinct().count());
    }

    private Set<String> moduleNames() {
        return listModules().map(MODULE_NAME::matcher).filter(Matcher::find).map(Matcher::group)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Stream<String> listModules() {
        return LinkedImage.run(List.of(image.home().resolve("bin/java").toString(), "--list-modules"), Map.of(), "")
                .expectSuccess()
                .lines();
    }

    @SuppressWarnings("unchecked") // the format's arrays that are asked for here hold objects
    private static List<Map<String, Object>> objects(Map<String, Object> object, String name) {
        return (List<Map<String, Object>>) object.getOrDefault(name, List.of());
    }
}
