package customerservice.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The licences and notices of the linked libraries, in {@code legal/MODULE/} as jlink keeps the JDK's. A file that was
 * there before under another module becomes a link to it.
 */
final class Notices {

    private static final Pattern NOTICE = Pattern.compile(
            "(META-INF/)?(LICEN[CS]E|NOTICE|COPYING|COPYRIGHT)([.-][^/]*)?|META-INF/licenses/.+[^/]",
            Pattern.CASE_INSENSITIVE);
    private static final String APACHE = "Apache-2.0";

    private final Path legal;
    private final byte[] apacheLicence;
    private final Map<Integer, Path> written = new HashMap<>();

    Notices(Path legal, byte[] apacheLicence) {
        this.legal = legal;
        this.apacheLicence = apacheLicence.clone();
    }

    /**
     * Writes a library's own; if its jar has none, the text of the licence that it declares.
     *
     * @throws IllegalStateException if it declares another than Apache's, whose text would have to be found first
     */
    void write(LinkedModule module, String declared) throws IOException {
        Map<String, byte[]> texts = texts(module.jar().orElseThrow());
        if (texts.isEmpty()) {
            if (!declared.equals(APACHE)) {
                throw new IllegalStateException(module + " has no licence text, and its licence is: " + declared);
            }
            texts.put("LICENSE", apacheLicence);
        }
        Path folder = Files.createDirectories(legal.resolve(module.name()));
        for (Map.Entry<String, byte[]> text : texts.entrySet()) {
            write(folder.resolve(text.getKey()), text.getValue());
        }
    }

    private void write(Path file, byte[] text) throws IOException {
        Path before = written.putIfAbsent(Arrays.hashCode(text), file);
        if (before != null && Arrays.equals(Files.readAllBytes(before), text)) {
            Files.createSymbolicLink(file, file.getParent().relativize(before));
        } else {
            Files.write(file, text);
        }
    }

    private static Map<String, byte[]> texts(Path jar) throws IOException {
        var texts = new TreeMap<String, byte[]>();
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements();) {
                ZipEntry entry = all.nextElement();
                if (NOTICE.matcher(entry.getName()).matches()) {
                    String name = entry.getName().replaceFirst("^META-INF/", "").replace("META-INF/", "");
                    texts.put(name.replace('/', '-'), zip.getInputStream(entry).readAllBytes());
                }
            }
        }
        return texts;
    }
}
