package customerservice.api.caller;

import customerservice.api.http.Answer;
import customerservice.api.http.AnswerFields;
import customerservice.api.http.Exchange;
import customerservice.api.http.message.Field;
import customerservice.api.http.message.FieldName;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which web pages of other origins may use the API from a browser (the Fetch standard's CORS protocol). Without any, no
 * answer says a word of it, and browsers let none. Credentials are never allowed: a page sends its token by itself, and
 * there are no cookies.
 */
public final class Cors implements AnswerFields {

    private static final HeaderName ORIGIN = HeaderNames.ORIGIN;
    private static final HeaderName REQUEST_METHOD = HeaderNames.create("Access-Control-Request-Method");

    private static final FieldName ALLOW_METHODS = new FieldName("Access-Control-Allow-Methods");
    private static final Field ALLOW_HEADERS = new Field(
            "Access-Control-Allow-Headers",
            "Accept, Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, X-Request-Id, traceparent, "
                    + "tracestate");
    private static final Field MAX_AGE = new Field("Access-Control-Max-Age", "600");
    private static final Field EXPOSE = new Field(
            "Access-Control-Expose-Headers",
            "ETag, Link, Location, RateLimit, RateLimit-Policy, Retry-After, WWW-Authenticate, X-Request-Id");
    private static final Field VARY = new Field("Vary", "Origin");

    private final Map<String, Field> allowed = new HashMap<>();

    /** @param origins as browsers write them in the Origin field */
    public Cors(List<String> origins) {
        for (String origin : origins) {
            allowed.put(origin, new Field("Access-Control-Allow-Origin", origin));
        }
    }

    /** Adds what tells the browser that a page may see the answer, if it may. */
    @Override
    public void addTo(Exchange exchange) {
        if (allowed.isEmpty()) {
            return;
        }
        Answer answer = exchange.answer();
        answer.field(VARY);
        Field allow = exchange.has(ORIGIN) ? allowed.get(exchange.field(ORIGIN)) : null;
        if (allow != null) {
            answer.field(allow);
            answer.field(EXPOSE);
        }
    }

    /** Adds what tells the browser, which asks ahead, that a page may send such a request, if it may. */
    public void preflight(Exchange exchange) {
        if (exchange.has(ORIGIN) && exchange.has(REQUEST_METHOD) && allowed.containsKey(exchange.field(ORIGIN))) {
            Answer answer = exchange.answer();
            answer.field(ALLOW_METHODS, exchange.resource().allow());
            answer.field(ALLOW_HEADERS);
            answer.field(MAX_AGE);
        }
    }
}
