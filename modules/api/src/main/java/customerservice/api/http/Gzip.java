package customerservice.api.http;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Whole bodies in and out of gzip (RFC 1952). */
public final class Gzip {

    /** Most lists come to less; the rest make it grow. */
    private static final int EXPECTED = 8 * 1_024;

    private Gzip() {}

    public static Compressed compress(byte[] bytes, int from, int length) {
        var out = new Compressed(Math.min(length / 4 + 64, EXPECTED));
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes, from, length);
        } catch (IOException e) {
            throw new UncheckedIOException("No input or output here", e);
        }
        return out;
    }

    /** Gives out the array that it was written to, where its superclass would copy it. */
    public static final class Compressed extends ByteArrayOutputStream {

        private Compressed(int expected) {
            super(expected);
        }

        /** Valid up to {@link #size}. */
        byte[] array() {
            return buf;
        }
    }

    public static byte[] decompress(byte[] bytes) {
        try (var gzip = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return gzip.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("Not what compress made", e);
        }
    }
}
