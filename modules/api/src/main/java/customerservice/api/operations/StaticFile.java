package customerservice.api.operations;

import customerservice.api.http.StaticContent;
import customerservice.api.http.message.Field;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * A file of this module, gzipped by its build. Its bytes are read when somebody asks for them first, and are then the same
 * for every answer: whoever does not read an answer costs no memory but its connection's.
 */
final class StaticFile {

    /** Of a version in a name, in hex digits. */
    private static final int VERSION = 16;

    private final String name;
    private final Field contentType;
    private StaticContent content;

    StaticFile(String name, String contentType) {
        this.name = name;
        this.contentType = new Field("Content-Type", contentType);
    }

    String name() {
        return name;
    }

    Field contentType() {
        return contentType;
    }

    /** The name with a version in it, which is of these bytes and no others: {@code docs.1f2e….js}. */
    String versionedName() {
        int dot = name.indexOf('.');
        return name.substring(0, dot) + "." + content().hash().substring(0, VERSION) + name.substring(dot);
    }

    /** Whether this is the file's name with a version in it, if not with the current one. */
    boolean isVersion(String other) {
        int dot = name.indexOf('.');
        int end = other.length() - (name.length() - dot);
        if (end != dot + 1 + VERSION || !other.startsWith(name.substring(0, dot + 1))
                || !other.endsWith(name.substring(dot))) {
            return false;
        }
        for (int i = dot + 1; i < end; i++) {
            if (Character.digit(other.charAt(i), 16) < 0) {
                return false;
            }
        }
        return true;
    }

    synchronized StaticContent content() {
        if (content == null) {
            content = StaticContent.ofGzipped(read());
        }
        return content;
    }

    private byte[] read() {
        try (InputStream in = StaticFile.class.getResourceAsStream("docs/" + name + ".gz")) {
            if (in == null) {
                throw new IllegalStateException("The build left out " + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
