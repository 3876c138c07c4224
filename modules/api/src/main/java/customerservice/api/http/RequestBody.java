package customerservice.api.http;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.RoutingRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;

/** Reads bodies, within the limits of size and time. */
public final class RequestBody {

    private static final int FIRST_CHUNK = 4_096;

    private final int maxBytes;
    private final Duration timeout;

    public RequestBody(int maxBytes, Duration timeout) {
        this.maxBytes = maxBytes;
        this.timeout = timeout;
    }

    byte[] read(Exchange exchange, RoutingRequest request, ClientConnection connection, String mediaType) {
        if (!isMediaType(exchange.field(HeaderNames.CONTENT_TYPE), mediaType)) {
            if (exchange.method() == HttpMethod.PATCH) {
                exchange.answer().field(Field.ACCEPT_PATCH);
            }
            throw new ProblemException(Problem.UNSUPPORTED_MEDIA_TYPE, "The body must be " + mediaType + ".");
        }
        // The server has checked that it is a number where it frames the body.
        long announced = request.headers().contentLength().orElse(-1);
        if (announced > maxBytes) {
            throw tooLarge();
        }
        if (!request.content().hasEntity()) {
            return new byte[0];
        }
        connection.bodyBegins(timeout);
        try {
            // Not closed: that would read the rest of a body that has just been refused. The server sees to it.
            return read(request.content().inputStream(), announced < 0 ? FIRST_CHUNK : (int) announced);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NumberFormatException e) {
            // What the server makes of a chunk's size that is none.
            exchange.answer().closeConnection();
            throw new ProblemException(Problem.MALFORMED_REQUEST, "The body's chunks are malformed.");
        } finally {
            connection.bodyEnds();
        }
    }

    /**
     * Passes over a body that was not asked for, so that the next request begins behind it. There is none to pass over
     * where the client waits to be told to go on with it.
     *
     * @throws CloseConnectionException if it is not known where that is
     */
    public void skip(RoutingRequest request, ClientConnection connection) {
        if (!request.content().hasEntity() || request.content().consumed() || !request.continueSent()) {
            return;
        }
        connection.bodyBegins(timeout);
        try {
            InputStream in = request.content().inputStream();
            byte[] unread = new byte[FIRST_CHUNK];
            while (in.read(unread) >= 0) {
                // The server's limit of the size holds here too.
            }
        } catch (IOException | RuntimeException e) {
            throw new CloseConnectionException("The rest of the body cannot be read", e);
        } finally {
            connection.bodyEnds();
        }
    }

    private byte[] read(InputStream in, int expected) throws IOException {
        byte[] bytes = new byte[Math.max(expected, 1)];
        int length = 0;
        for (int read = in.read(bytes); read >= 0; read = in.read(bytes, length, bytes.length - length)) {
            length += read;
            if (length > maxBytes) {
                throw tooLarge();
            }
            if (length == bytes.length) {
                // One byte more than is allowed, so that it is seen when there is more.
                bytes = Arrays.copyOf(bytes, Math.min(maxBytes, 2 * length) + 1);
            }
        }
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }

    private ProblemException tooLarge() {
        return new ProblemException(
                Problem.PAYLOAD_TOO_LARGE, "The body must be at most " + maxBytes + " bytes.");
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
