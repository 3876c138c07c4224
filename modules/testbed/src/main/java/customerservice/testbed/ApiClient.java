package customerservice.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** Calls the service as a client would, on behalf of one user. Safe for use by many threads. */
public final class ApiClient {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private final URI address;
    private final Optional<String> token;

    private ApiClient(URI address, Optional<String> token) {
        this.address = Objects.requireNonNull(address, "address");
        this.token = token;
    }

    /** Calls without a token. */
    public static ApiClient anonymous(URI address) {
        return new ApiClient(address, Optional.empty());
    }

    public static ApiClient withToken(URI address, String token) {
        return new ApiClient(address, Optional.of(token));
    }

    /** Signs in; all calls carry the token that this gives. */
    public static ApiClient signIn(URI address, String username, String password) {
        String body = "{\"username\":" + Json.quote(username) + ",\"password\":" + Json.quote(password) + "}";
        Answer answer = anonymous(address).post("/v1/auth/login", body);
        if (answer.status() != 200) {
            throw new IllegalStateException("cannot sign in as " + username + ": " + answer);
        }
        return withToken(address, answer.string("access_token"));
    }

    /** The same user at another instance. */
    public ApiClient at(URI another) {
        return new ApiClient(another, token);
    }

    public URI address() {
        return address;
    }

    /** Empty when the calls carry none. */
    public Optional<String> token() {
        return token;
    }

    /** @param headers names and values by turns */
    public Answer get(String path, String... headers) {
        return send("GET", path, BodyPublishers.noBody(), headers);
    }

    /** @param headers names and values by turns, besides {@code Content-Type} */
    public Answer post(String path, String json, String... headers) {
        return text("POST", path, "application/json", json, headers);
    }

    /** @param headers names and values by turns, besides {@code Content-Type} */
    public Answer put(String path, String json, String... headers) {
        return text("PUT", path, "application/json", json, headers);
    }

    /** A merge patch (RFC 7396). */
    public Answer patch(String path, String json, String... headers) {
        return text("PATCH", path, "application/merge-patch+json", json, headers);
    }

    /**
     * Parameters in the form of HTML, as the OAuth endpoints take them.
     *
     * @param headers names and values by turns, besides {@code Content-Type}
     */
    public Answer form(String path, Map<String, String> parameters, String... headers) {
        String form = parameters.entrySet().stream()
                .map(parameter -> encode(parameter.getKey()) + "=" + encode(parameter.getValue()))
                .collect(Collectors.joining("&"));
        return text("POST", path, "application/x-www-form-urlencoded", form, headers);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    public Answer delete(String path, String... headers) {
        return send("DELETE", path, BodyPublishers.noBody(), headers);
    }

    private Answer text(String method, String path, String mediaType, String text, String... headers) {
        var all = new String[headers.length + 2];
        all[0] = "Content-Type";
        all[1] = mediaType;
        System.arraycopy(headers, 0, all, 2, headers.length);
        return send(method, path, BodyPublishers.ofByteArray(text.getBytes(StandardCharsets.UTF_8)), all);
    }

    /**
     * Any request.
     *
     * @param headers names and values by turns
     * @throws UncheckedIOException if no answer came
     */
    public Answer send(String method, String path, BodyPublisher body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address.resolve(path)).timeout(PATIENCE);
        if (headers.length > 0) {
            request.headers(headers);
        }
        token.ifPresent(value -> request.header("Authorization", "Bearer " + value));
        try {
            HttpResponse<byte[]> response = HTTP.send(
                    request.method(method, body).build(), HttpResponse.BodyHandlers.ofByteArray());
            return new Answer(response.statusCode(), response.headers(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
