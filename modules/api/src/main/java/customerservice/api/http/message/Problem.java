package customerservice.api.http.message;

import static customerservice.api.json.JsonOutput.ascii;

import customerservice.api.json.JsonOutput;
import customerservice.domain.Violation;
import java.util.List;

/** The kinds of errors that clients can tell apart, as the OpenAPI document lists them (RFC 9457). */
public enum Problem {
    MALFORMED_REQUEST(400, "malformed-request", "The request is malformed"),
    MALFORMED_JSON(400, "malformed-json", "The body is not well-formed JSON"),
    INVALID_PARAMETER(400, "invalid-parameter", "Query parameters are wrong"),
    UNAUTHORIZED(401, "unauthorized", "A valid access token is needed"),
    INVALID_CREDENTIALS(401, "invalid-credentials", "Wrong user name or password"),
    INSUFFICIENT_SCOPE(403, "insufficient-scope", "The access token does not allow this"),
    NOT_FOUND(404, "not-found", "Not found"),
    METHOD_NOT_ALLOWED(405, "method-not-allowed", "Method not allowed"),
    NOT_ACCEPTABLE(406, "not-acceptable", "Not acceptable"),
    DUPLICATE_EMAIL(409, "duplicate-email", "The email address is in use"),
    CONCURRENT_CHANGE(409, "concurrent-change", "Changed by others at the same time"),
    IDEMPOTENCY_KEY_IN_USE(409, "idempotency-key-in-use", "The first request with this key is still running"),
    CONFLICT(409, "conflict", "Conflict"),
    LAST_ADMIN(409, "last-admin", "The last active admin stays"),
    VERSION_MISMATCH(412, "version-mismatch", "The version is not one that the request asks for"),
    PAYLOAD_TOO_LARGE(413, "payload-too-large", "The body is too large"),
    URI_TOO_LONG(414, "uri-too-long", "The request line is too long"),
    UNSUPPORTED_MEDIA_TYPE(415, "unsupported-media-type", "Unsupported media type"),
    RANGE_NOT_SATISFIABLE(416, "range-not-satisfiable", "There are no such bytes"),
    VALIDATION(422, "validation", "The body breaks rules"),
    IDEMPOTENCY_KEY_REUSED(422, "idempotency-key-reused", "The key came before with another body"),
    PRECONDITION_REQUIRED(428, "precondition-required", "If-Match is required"),
    TOO_MANY_REQUESTS(429, "too-many-requests", "Too many requests"),
    HEADERS_TOO_LARGE(431, "headers-too-large", "The headers are too large"),
    INTERNAL(500, "internal", "Internal error"),
    OVERLOADED(503, "overloaded", "Too busy"),
    UNAVAILABLE(503, "unavailable", "The database cannot do this now");

    private static final byte[] DETAIL = ascii(",\"detail\":");
    private static final byte[] INSTANCE = ascii(",\"instance\":");
    private static final byte[] ERRORS = ascii(",\"errors\":[");
    private static final byte[] POINTER = ascii("{\"pointer\":");
    private static final byte[] CODE = ascii(",\"code\":");

    private final int status;
    private final String type;
    private final String title;
    @SuppressWarnings("ImmutableEnumChecker") // nobody changes it
    private final byte[] beginning;

    Problem(int status, String name, String title) {
        this.status = status;
        this.type = "/problems/" + name;
        this.title = title;
        this.beginning = ascii(
                "{\"type\":\"" + type + "\",\"title\":\"" + title + "\",\"status\":" + status);
    }

    public int status() {
        return status;
    }

    /** A URI reference; what it means is told there. */
    public String type() {
        return type;
    }

    public String title() {
        return title;
    }

    public void write(String detail, List<Violation> errors, String requestId, JsonOutput out) {
        out.raw(beginning);
        if (!detail.isEmpty()) {
            out.raw(DETAIL).string(detail);
        }
        out.raw(INSTANCE).string(requestId);
        if (!errors.isEmpty()) {
            out.raw(ERRORS);
            for (int i = 0; i < errors.size(); i++) {
                if (i > 0) {
                    out.raw(',');
                }
                Violation error = errors.get(i);
                out.raw(POINTER).string(error.pointer());
                out.raw(CODE).string(error.code());
                out.raw(DETAIL).string(error.detail());
                out.raw('}');
            }
            out.raw(']');
        }
        out.raw('}');
    }
}
