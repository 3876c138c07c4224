package customerservice.api.http;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Whole bodies in and out of gzip (RFC 1952). */
public final class Gzip {

    private Gzip() {}

    public static byte[] compress(byte[] bytes, int from, int length) {
        var out = new ByteArrayOutputStream(length / 4 + 64);
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes, from, length);
        } catch (IOException e) {
            throw new UncheckedIOException("No input or output here", e);
        }
        return out.toByteArray();
    }

    public static byte[] decompress(byte[] bytes) {
        try (var gzip = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return gzip.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("Not what compress made", e);
        }
    }
}
