package customerservice.api.operations;

import customerservice.api.http.Field;
import customerservice.api.http.Gzip;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * A file of this module, gzipped by its build. Its bytes are read when somebody asks for them first, and are then the same
 * for every answer: whoever does not read an answer costs no memory but its connection's.
 */
final class StaticFile {

    private final String name;
    private final Field contentType;
    private volatile byte[] gzipped;
    private volatile byte[] plain;

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

    /** Not to be changed. */
    byte[] gzipped() {
        if (gzipped == null) {
            load();
        }
        return gzipped;
    }

    /** Not to be changed. */
    byte[] plain() {
        if (plain == null) {
            load();
        }
        return plain;
    }

    private synchronized void load() {
        if (plain == null) {
            gzipped = read();
            plain = Gzip.decompress(gzipped);
        }
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
