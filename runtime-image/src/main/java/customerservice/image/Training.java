package customerservice.image;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/**
 * Makes the image's AOT cache: {@code serve} runs on a real database, is asked what it is asked in production, and writes
 * at its end which classes it loaded and how they were used (JEP 483, 514, 515). It speaks TLS, as on a fleet: what TLS
 * loads would otherwise cost a start a second. The management listener, in clear, trains for listeners without.
 */
final class Training {

    /** Enough for the profiles of the common requests, few enough for a build. */
    private static final int ROUNDS = 200;

    private static final Duration WRITING_LIMIT = Duration.ofMinutes(2);
    private static final Pattern TOKEN = Pattern.compile("\"access_token\":\"([^\"]+)\"");
    private static final Pattern REFRESH_TOKEN = Pattern.compile("\"refresh_token\":\"([^\"]+)\"");
    private static final String JSON = "application/json";

    private final HttpClient client;
    private final URI address;
    private final URI management;
    private String token = "";

    private Training(HttpClient client, Server server) {
        this.client = client;
        this.address = server.address();
        this.management = server.managementAddress();
    }

    /** Argument: the image. */
    public static void main(String[] arguments) throws IOException {
        var image = new LinkedImage(Path.of(arguments[0]));
        Files.deleteIfExists(image.aotCache());
        try (var site = new Site(image)) {
            site.prepare();
            var environment = site.environment();
            environment.put("CUSTOMER_SERVICE_JVM_OPTIONS", "-XX:AOTCacheOutput=" + image.aotCache());
            site.addServiceManager(environment);
            SSLContext trust = site.addTls(environment);
            try (Server server = Server.start(List.of(image.launcher().toString(), "serve"), environment);
                    HttpClient http1 = client(Version.HTTP_1_1, trust);
                    HttpClient http2 = client(Version.HTTP_2, trust)) {
                new Training(http1, server).use(ROUNDS);
                new Training(http2, server).use(1);
                // As in production, by the signal; the JVM then writes the cache, in a process of its own.
                int status = server.stop(WRITING_LIMIT);
                if (!Files.exists(image.aotCache())) {
                    throw new IllegalStateException("no AOT cache; status " + status + "\n" + server.output());
                }
            }
        }
    }

    private static HttpClient client(Version version, SSLContext trust) {
        return HttpClient.newBuilder().version(version).sslContext(trust).build();
    }

    private void use(int rounds) throws IOException {
        HttpResponse<String> session = send("POST", "/v1/auth/login", """
                {"username":"%s","password":"%s"}""".formatted(Site.USER, Site.PASSWORD));
        session = send("POST", "/oauth/token",
                "grant_type=refresh_token&refresh_token=" + first(REFRESH_TOKEN, session),
                "Content-Type", "application/x-www-form-urlencoded");
        token = first(TOKEN, session);
        for (int i = 0; i < rounds; i++) {
            read(write(rounds + "-" + i));
        }
        refused();
        apart();
    }

    /** Creates and changes a customer; returns its path. */
    private String write(String unique) throws IOException {
        String customer = """
                {"name":"Ada Lovelace","email":"ada-%s@example.com","phone":"+441234567890","status":"active",
                 "address":{"line1":"12 St James's Square","city":"London","postal_code":"SW1Y 4JH","country":"GB"},
                 "metadata":{"tier":"gold"}}""".formatted(unique);
        String path = send("POST", "/v1/customers", customer, "Idempotency-Key", unique)
                .headers().firstValue("Location").orElseThrow();
        send("PUT", path, customer.replace("gold", "platinum"), "If-Match", "\"1\"");
        send("PATCH", path, """
                {"phone":null,"metadata":{"tier":"silver"}}""", "Content-Type", "application/merge-patch+json");
        return path;
    }

    private void read(String path) throws IOException {
        for (int i = 0; i < 3; i++) {
            send("GET", path, "");
        }
        send("GET", path, "", "If-None-Match", "\"3\"");
        send("GET", "/v1/customers", "");
        send("GET", "/v1/customers?limit=50&sort=-name&status=active", "", "Accept-Encoding", "gzip");
        send("GET", "/v1/customers?email=ada-nobody@example.com&created_from=2020-01-01T00:00:00Z", "");
        send("GET", path + "/history", "");
    }

    /** What is answered with an error now and then. */
    private void refused() throws IOException {
        String path = write("refused-" + client.version());
        send("PUT", path, """
                {"name":"","email":"nobody"}""");
        send("GET", "/v1/customers/none", "");
        send("GET", "/v1/customers?limit=0", "");
        send("DELETE", path, "", "If-Match", "\"1\"");
        send("DELETE", path, "");
        send("GET", path, "");
        send("GET", "/none", "");
        String before = token;
        token = "none";
        send("GET", path, "");
        token = before;
    }

    /** What balancers, monitoring and people ask. */
    private void apart() throws IOException {
        for (String path : List.of("/health/ready", "/health/live", "/health/deep", "/.well-known/jwks.json",
                "/openapi.yaml", "/docs")) {
            send("GET", path, "");
        }
        send(management.resolve("/metrics"), "GET", "");
        send(management.resolve("/health/ready"), "GET", "");
    }

    private HttpResponse<String> send(String method, String path, String body, String... headers) throws IOException {
        return send(address.resolve(path), method, body, headers);
    }

    private HttpResponse<String> send(URI uri, String method, String body, String... headers) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .header("Authorization", "Bearer " + token)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.setHeader("Content-Type", JSON);
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        try {
            HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
            if (answer.statusCode() >= 500) {
                throw new IllegalStateException(method + " " + uri + ": " + answer.statusCode() + answer.body());
            }
            return answer;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String first(Pattern pattern, HttpResponse<String> answer) {
        Matcher matcher = pattern.matcher(answer.body());
        if (!matcher.find()) {
            throw new IllegalStateException(answer + " " + answer.body());
        }
        return matcher.group(1);
    }
}
