package customerservice.image;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * The classes of a jar that some of them can reach: every class named in a constant pool or in a descriptor, and so on.
 * Classes that are only named by strings at run time are not found.
 */
final class Reachable {

    private static final Pattern IN_DESCRIPTOR = Pattern.compile("L([\\w$/]+);");
    // What zip files count from, so that the same classes are the same bytes.
    private static final LocalDateTime EPOCH = LocalDateTime.of(1980, 1, 1, 0, 0);

    private final Path jar;
    private final Deque<String> open = new ArrayDeque<>();

    Reachable(Path jar) {
        this.jar = jar;
    }

    /** Adds a class to begin with, by its internal name. */
    Reachable from(String name) {
        open.add(name);
        return this;
    }

    /** Writes a jar of these classes alone, without manifest and signature. */
    void writeTo(Path smaller) throws IOException {
        Map<String, byte[]> classes = classes();
        try (OutputStream file = Files.newOutputStream(smaller);
                ZipOutputStream zip = new ZipOutputStream(file)) {
            for (Map.Entry<String, byte[]> found : classes.entrySet()) {
                var entry = new ZipEntry(found.getKey() + ".class");
                entry.setTimeLocal(EPOCH);
                zip.putNextEntry(entry);
                zip.write(found.getValue());
            }
        }
        System.out.println(jar.getFileName() + ": " + classes.size() + " classes, "
                + Files.size(smaller) / 1024 + " of " + Files.size(jar) / 1024 + " KiB");
    }

    private Map<String, byte[]> classes() throws IOException {
        var classes = new TreeMap<String, byte[]>();
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            while (!open.isEmpty()) {
                String name = open.pop();
                ZipEntry entry = zip.getEntry(name + ".class");
                if (entry != null && !classes.containsKey(name)) {
                    byte[] bytes = zip.getInputStream(entry).readAllBytes();
                    classes.put(name, bytes);
                    follow(ClassFile.of().parse(bytes));
                }
            }
        }
        return classes;
    }

    private void follow(ClassModel model) {
        for (PoolEntry constant : model.constantPool()) {
            if (constant instanceof ClassEntry named) {
                open.add(named.asInternalName());
            } else if (constant instanceof Utf8Entry text) {
                Matcher descriptor = IN_DESCRIPTOR.matcher(text.stringValue());
                while (descriptor.find()) {
                    open.add(descriptor.group(1));
                }
            }
        }
    }
}
