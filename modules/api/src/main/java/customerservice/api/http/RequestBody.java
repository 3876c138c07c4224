package customerservice.api.http;

import customerservice.api.http.message.Content;
import customerservice.api.http.message.Field;
import customerservice.api.http.message.HttpMethod;
import customerservice.api.http.message.Problem;
import customerservice.api.http.message.ProblemException;
import io.helidon.http.HeaderNames;
import java.util.Arrays;
import java.util.Locale;

/** Reads whole bodies, within a limit of their size. */
public final class RequestBody {

    private static final int FIRST_CHUNK = 4_096;

    private final int maxBytes;

    public RequestBody(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    byte[] read(Exchange exchange, Content content, String mediaType) {
        if (!isMediaType(exchange.field(HeaderNames.CONTENT_TYPE), mediaType)) {
            if (exchange.method() == HttpMethod.PATCH) {
                exchange.answer().field(Field.ACCEPT_PATCH);
            }
            throw new ProblemException(Problem.UNSUPPORTED_MEDIA_TYPE, "The body must be " + mediaType + ".");
        }
        String coding = exchange.field(HeaderNames.CONTENT_ENCODING);
        if (!coding.isEmpty() && !coding.equalsIgnoreCase("identity")) {
            exchange.answer().field(Field.ACCEPT_IDENTITY);
            throw new ProblemException(Problem.UNSUPPORTED_MEDIA_TYPE, "The body must not be encoded.");
        }
        content.limit(maxBytes);
        return content.length() < 0 ? readToEnd(content) : read(content, new byte[(int) content.length()]);
    }

    private static byte[] read(Content content, byte[] bytes) {
        int length = 0;
        while (length < bytes.length) {
            int read = content.read(bytes, length, bytes.length - length);
            if (read < 0) {
                throw ProblemException.malformed("The body is shorter than its Content-Length.");
            }
            length += read;
        }
        return bytes;
    }

    private static byte[] readToEnd(Content content) {
        byte[] bytes = new byte[FIRST_CHUNK];
        int length = 0;
        for (int read = content.read(bytes, 0, bytes.length); read >= 0;) {
            length += read;
            if (length == bytes.length) {
                bytes = Arrays.copyOf(bytes, 2 * length);
            }
            read = content.read(bytes, length, bytes.length - length);
        }
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }

    /** Without regard to case; a charset may be named if it is UTF-8, which JSON always is. */
    static boolean isMediaType(String contentType, String mediaType) {
        if (contentType.equals(mediaType)) {
            return true;
        }
        int semicolon = contentType.indexOf(';');
        String type = semicolon < 0 ? contentType : contentType.substring(0, semicolon);
        if (!type.strip().equalsIgnoreCase(mediaType)) {
            return false;
        }
        if (semicolon < 0) {
            return true;
        }
        for (String parameter : contentType.substring(semicolon + 1).toLowerCase(Locale.ROOT).split(";", -1)) {
            String stripped = parameter.strip();
            if (stripped.startsWith("charset=")
                    && !stripped.equals("charset=utf-8")
                    && !stripped.equals("charset=\"utf-8\"")) {
                return false;
            }
        }
        return true;
    }
}
