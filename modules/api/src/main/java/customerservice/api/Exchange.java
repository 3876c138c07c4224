package customerservice.api;

import customerservice.api.json.JsonOutput;
import customerservice.auth.Principal;
import customerservice.domain.Caller;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.RoutingRequest;
import java.util.List;
import java.util.Set;

/** One request and its answer, as the operations see them. */
final class Exchange {

    /** Below, gzip saves nothing worth its time. */
    private static final int GZIP_FROM = 1_024;

    private final RoutingRequest request;
    private final HttpConnection connection;
    private final Answer answer;
    private final HttpMethod method;
    private final String path;
    private final String requestId;
    private final RequestBody body;
    private final Cors cors;
    private Resource resource;
    private Principal principal;
    private String clientAddress;
    private RateLimit limit;
    private long spent;
    private int status;
    private int bytes;

    Exchange(
            RoutingRequest request,
            HttpConnection connection,
            Answer answer,
            HttpMethod method,
            String path,
            String requestId,
            RequestBody body,
            Cors cors) {
        this.request = request;
        this.connection = connection;
        this.answer = answer;
        this.method = method;
        this.path = path;
        this.requestId = requestId;
        this.body = body;
        this.cors = cors;
    }

    HttpMethod method() {
        return method;
    }

    /** Percent-encoded, without query. */
    String path() {
        return path;
    }

    String requestId() {
        return requestId;
    }

    /** As far as trusted proxies tell, if it came through any. */
    String clientAddress() {
        if (clientAddress == null) {
            clientAddress = connection.clientAddress(request.headers());
        }
        return clientAddress;
    }

    /** Host and port as the request names them, not checked; empty if it does not. */
    String authority() {
        String authority = request.authority();
        return authority == null ? "" : authority;
    }

    /** Whether it came by TLS. */
    boolean isSecure() {
        return request.isSecure();
    }

    /** The value of the template's parameter. */
    String parameter() {
        return resource.parameter(path);
    }

    Resource resource() {
        return resource;
    }

    void resource(Resource resource) {
        this.resource = resource;
    }

    void principal(Principal principal) {
        this.principal = principal;
    }

    /** Whose token came with the request; only where the route asks for one. */
    Principal principal() {
        return principal;
    }

    /** The authenticated subject, or empty. */
    String subject() {
        return principal == null ? "" : principal.subject();
    }

    /** Whether the path's parameter is the id of whoever brought the token; as text, a UUID may have capitals. */
    boolean concernsCaller() {
        return parameter().equalsIgnoreCase(principal.subject());
    }

    Caller caller() {
        return new Caller(principal.subject(), requestId, clientAddress());
    }

    /** Counts the request against a limit, which the answer then tells of; see {@link RateLimit#take}. */
    void limited(RateLimit limit, long spent) {
        this.limit = limit;
        this.spent = spent;
    }

    /** A header field's value, several lines joined by commas; empty if there is none. */
    String field(HeaderName name) {
        if (!request.headers().contains(name)) {
            return "";
        }
        List<String> values = request.headers().get(name).allValues();
        return values.size() == 1 ? values.getFirst() : String.join(", ", values);
    }

    boolean has(HeaderName name) {
        return request.headers().contains(name);
    }

    /** The query, without its question mark. */
    QueryParameters query(Set<String> known) {
        return new QueryParameters(request.prologue().query().rawValue(), known);
    }

    /** @throws ProblemException if the client does not accept this media type */
    void accepts(String mediaType) {
        if (request.headers().contains(HeaderNames.ACCEPT)
                && !QualityList.acceptsMediaType(field(HeaderNames.ACCEPT), mediaType)) {
            throw new ProblemException(Problem.NOT_ACCEPTABLE, "The answer is " + mediaType + ".");
        }
    }

    /**
     * The request's whole body.
     *
     * @throws ProblemException if it is too large or of another media type
     */
    byte[] body(String mediaType) {
        return body.read(this, request, connection, mediaType);
    }

    Answer answer() {
        return answer;
    }

    boolean isAnswered() {
        return answer.isSent();
    }

    /** Sends a body of {@link Answer#json()} with the fields gathered so far. */
    void send(int status, JsonOutput json) {
        begin(status, json.length());
        answer.send(status, json, method == HttpMethod.HEAD);
    }

    /** The same, smaller where the client can read it so and it is worth it. */
    void sendCompressible(int status, JsonOutput json) {
        answer.field(Field.VARY_ENCODING);
        if (json.length() >= GZIP_FROM && QualityList.acceptsGzip(field(HeaderNames.ACCEPT_ENCODING))) {
            answer.field(Field.GZIP);
            send(status, Gzip.compress(json.array(), json.start(), json.length()));
        } else {
            send(status, json);
        }
    }

    void send(int status, byte[] content) {
        begin(status, content.length);
        answer.send(status, content, method == HttpMethod.HEAD);
    }

    /** 204 and 304. */
    void send(int status) {
        begin(status, 0);
        answer.send(status);
    }

    private void begin(int status, int length) {
        this.status = status;
        this.bytes = method == HttpMethod.HEAD ? 0 : length;
        answer.standingFields(connection.isSecure(request.headers()));
        cors.fields(this);
        if (limit != null) {
            limit.fields(spent, answer);
        }
        answer.field(FieldName.REQUEST_ID, requestId);
    }

    /** 0 as long as nothing was sent. */
    int status() {
        return status;
    }

    /** Of the answer's body. */
    int bytes() {
        return bytes;
    }
}
