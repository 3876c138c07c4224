package customerservice.api.http;

import customerservice.api.http.capacity.ByteBudget;
import customerservice.api.http.message.Content;
import customerservice.api.http.message.Field;
import customerservice.api.http.message.HttpMethod;
import customerservice.api.http.message.Problem;
import customerservice.api.http.message.ProblemException;
import io.helidon.http.HeaderNames;
import java.util.Arrays;
import java.util.Locale;

/** Reads whole bodies, within a limit of their size, and of what all of them together take. */
public final class RequestBody {

    /** What is taken for a body before any of it has come, and not counted: most are smaller. */
    private static final int FIRST = 4_096;

    private final int maxBytes;
    private final ByteBudget budget;

    /** @param budget of all bodies; a larger one than that is refused as too large */
    public RequestBody(int maxBytes, ByteBudget budget) {
        this.maxBytes = (int) Math.min(maxBytes, budget.left());
        this.budget = budget;
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
        return readAll(exchange, content);
    }

    /** Grows with what has come: what is only announced takes no room. */
    private byte[] readAll(Exchange exchange, Content content) {
        long announced = content.length();
        int most = announced < 0 ? maxBytes + 1 : (int) announced;
        byte[] bytes = new byte[Math.min(FIRST, most)];
        int length = 0;
        while (length < most) {
            if (length == bytes.length) {
                int capacity = (int) Math.min(2L * length, most);
                exchange.holds(capacity, budget);
                bytes = Arrays.copyOf(bytes, capacity);
            }
            int read = content.read(bytes, length, bytes.length - length);
            if (read < 0) {
                if (announced >= 0) {
                    throw ProblemException.malformed("The body is shorter than its Content-Length.");
                }
                return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
            }
            length += read;
        }
        return bytes;
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
