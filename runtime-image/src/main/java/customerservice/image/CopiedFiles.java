package customerservice.image;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Components of a bill of materials of which no module is linked, but files are in a module of ours. Files of a jar are
 * found again by their content, gzipped or not; others are declared by name.
 */
final class CopiedFiles {

    private static final Pattern LICENCE = Pattern.compile("<license>\\s*<name>([^<]+)</name>");

    /** By where they are in the image: {@code /MODULE/PATH}. */
    private final Map<String, byte[]> ours = new TreeMap<>();

    CopiedFiles(List<LinkedModule> modules) throws IOException {
        for (LinkedModule module : modules) {
            if (module.name().startsWith("customerservice.")) {
                for (Map.Entry<String, byte[]> file : files(module.jar().orElseThrow()).entrySet()) {
                    ours.put("/" + module.name() + "/" + file.getKey(), plain(file.getKey(), file.getValue()));
                }
            }
        }
    }

    /**
     * @param jars a folder of what was unpacked, as Maven has it
     * @param declared an object with a component for each file name
     * @throws IllegalStateException if nothing of one of them is there
     */
    List<Map<String, Object>> components(Path jars, Path declared) throws IOException {
        var components = new ArrayList<Map<String, Object>>();
        try (Stream<Path> paths = Files.list(jars)) {
            for (Path jar : paths.sorted().toList()) {
                components.add(component(jar));
            }
        }
        for (Map.Entry<String, Object> entry : JsonFile.read(declared).entrySet()) {
            var component = new LinkedHashMap<String, Object>();
            ((Map<?, ?>) entry.getValue()).forEach((name, value) -> component.put((String) name, value));
            locate(component, ours.keySet().stream()
                    .filter(path -> path.endsWith("/" + entry.getKey()) && !path.contains("/META-INF/licenses/"))
                    .toList());
            components.add(component);
        }
        return components;
    }

    private Map<String, Object> component(Path jar) throws IOException {
        Map<String, byte[]> theirs = files(jar);
        var maven = new Properties();
        maven.load(new ByteArrayInputStream(metadata(theirs, "pom.properties")));
        String group = maven.getProperty("groupId");
        String name = maven.getProperty("artifactId");
        String version = maven.getProperty("version");
        String purl = "pkg:maven/" + group + "/" + name + "@" + version + "?type=jar";
        var component = new LinkedHashMap<String, Object>();
        component.put("type", "library");
        component.put("bom-ref", purl);
        component.put("group", group);
        component.put("name", name);
        component.put("version", version);
        component.put("hashes", List.of(pair("alg", "SHA-256", "content", Release.sha256(jar))));
        component.put("licenses", List.of(Map.of("license", Map.of("id", licence(theirs)))));
        component.put("purl", purl);
        locate(component, ours.keySet().stream()
                .filter(path -> theirs.values().stream()
                        .anyMatch(content -> Arrays.equals(content, ours.get(path))))
                .toList());
        return component;
    }

    private static String licence(Map<String, byte[]> theirs) {
        Matcher name = LICENCE.matcher(new String(metadata(theirs, "pom.xml"), StandardCharsets.UTF_8));
        if (!name.find()) {
            throw new IllegalStateException("no licence is declared");
        }
        return name.group(1);
    }

    private static byte[] metadata(Map<String, byte[]> files, String name) {
        return files.entrySet().stream()
                .filter(file -> file.getKey().startsWith("META-INF/maven/") && file.getKey().endsWith("/" + name))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow();
    }

    private static void locate(Map<String, Object> component, List<String> paths) {
        if (paths.isEmpty()) {
            throw new IllegalStateException("nothing of it is in the image: " + component);
        }
        component.put(
                "evidence",
                Map.of("occurrences", paths.stream().map(path -> Map.of("location", path)).toList()));
    }

    // Not Map.of, whose order differs from one run to the next.
    private static Map<String, Object> pair(String name, String value, String otherName, String otherValue) {
        var pair = new LinkedHashMap<String, Object>();
        pair.put(name, value);
        pair.put(otherName, otherValue);
        return pair;
    }

    /** All but classes. */
    private static Map<String, byte[]> files(Path jar) throws IOException {
        var files = new TreeMap<String, byte[]>();
        try (var zip = new ZipFile(jar.toFile())) {
            for (ZipEntry entry : zip.stream().filter(CopiedFiles::isFile).toList()) {
                try (InputStream content = zip.getInputStream(entry)) {
                    files.put(entry.getName(), content.readAllBytes());
                }
            }
        }
        return files;
    }

    private static boolean isFile(ZipEntry entry) {
        return !entry.isDirectory() && !entry.getName().endsWith(".class");
    }

    private static byte[] plain(String name, byte[] content) throws IOException {
        if (!name.endsWith(".gz")) {
            return content;
        }
        try (var unpacked = new GZIPInputStream(new ByteArrayInputStream(content))) {
            return unpacked.readAllBytes();
        }
    }
}
