package customerservice.api.http;

import customerservice.api.http.capacity.AnswerBudget;
import customerservice.api.http.capacity.ByteBudget;
import customerservice.api.http.capacity.RequestSlots;
import customerservice.api.http.message.Field;
import customerservice.api.http.message.FieldName;
import customerservice.api.http.message.HttpMethod;
import customerservice.api.http.message.Problem;
import customerservice.api.http.message.ProblemException;
import customerservice.api.http.message.QualityList;
import customerservice.api.http.message.QueryParameters;
import customerservice.api.json.JsonOutput;
import customerservice.auth.token.Principal;
import customerservice.domain.Caller;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import java.util.List;
import java.util.Set;

/** One request and its answer, as the operations see them. */
public final class Exchange {

    /** Below, gzip saves nothing worth its time. */
    private static final int GZIP_FROM = 1_024;

    private final Request request;
    private final Answer answer;
    private final PathTemplate resource;
    private final HttpMethod method;
    private final String requestId;
    private final RequestBody body;
    private final AnswerFields standing;
    private Principal principal;
    private String clientAddress;
    private QuotaFields quota;
    private long spent;
    private RequestSlots slots;
    private ByteBudget bodies;
    private int bodyHeld;
    private int status;
    private int bytes;

    public Exchange(
            Request request,
            Answer answer,
            PathTemplate resource,
            String requestId,
            RequestBody body,
            AnswerFields standing) {
        this.request = request;
        this.answer = answer;
        this.resource = resource;
        this.method = HttpMethod.of(request.method());
        this.requestId = requestId;
        this.body = body;
        this.standing = standing;
    }

    public HttpMethod method() {
        return method;
    }

    /** Percent-encoded, without query; empty if it is not known. */
    public String path() {
        return request.path();
    }

    public String requestId() {
        return requestId;
    }

    /** As far as trusted proxies tell, if it came through any. */
    public String clientAddress() {
        if (clientAddress == null) {
            clientAddress = request.clientAddress();
        }
        return clientAddress;
    }

    /** Host and port as the request names them, not checked; empty if it does not. */
    public String authority() {
        return request.authority();
    }

    /** Whether the client speaks TLS, with this server or with a trusted proxy. */
    public boolean isSecure() {
        return request.isSecure();
    }

    /** The value of the template's parameter. */
    public String parameter() {
        return resource.parameter(path());
    }

    public PathTemplate resource() {
        return resource;
    }

    public void principal(Principal principal) {
        this.principal = principal;
    }

    /** Whose token came with the request; only where the route asks for one. */
    public Principal principal() {
        return principal;
    }

    /** Of whoever brought the token, or empty. */
    public String principalId() {
        return principal == null ? "" : principal.subject();
    }

    /** Whether the path's parameter is the id of whoever brought the token; as text, a UUID may have capitals. */
    public boolean concernsCaller() {
        return parameter().equalsIgnoreCase(principal.subject());
    }

    public Caller caller() {
        return new Caller(principal.subject(), requestId, clientAddress());
    }

    /** Counts the request against a limit, which the answer then tells of. */
    public void counted(QuotaFields quota, long spent) {
        this.quota = quota;
        this.spent = spent;
    }

    /** A header field's value, several lines joined by commas; empty if there is none. */
    public String field(HeaderName name) {
        return request.fields().get(name);
    }

    public boolean has(HeaderName name) {
        return request.fields().has(name);
    }

    /** The query, without its question mark. */
    public QueryParameters query(Set<String> known) {
        return new QueryParameters(request.query(), known);
    }

    public boolean acceptsGzip() {
        return QualityList.acceptsGzip(field(HeaderNames.ACCEPT_ENCODING));
    }

    /** @throws ProblemException if the client does not accept this media type */
    public void accepts(String mediaType) {
        if (has(HeaderNames.ACCEPT)
                && !QualityList.acceptsMediaType(field(HeaderNames.ACCEPT), mediaType)) {
            throw new ProblemException(Problem.NOT_ACCEPTABLE, "The answer is " + mediaType + ".");
        }
    }

    /**
     * The one of these media types that the client likes best; of several, the first.
     *
     * @throws ProblemException if it accepts none
     */
    public String preferred(List<String> mediaTypes) {
        return QualityList.preferred(field(HeaderNames.ACCEPT), mediaTypes)
                .orElseThrow(() -> new ProblemException(
                        Problem.NOT_ACCEPTABLE, "The answer is " + String.join(", ", mediaTypes) + "."));
    }

    /** The same, but for clients that accept none of them: to send something is as good as 406 (RFC 9110, 12.5.1). */
    public String preferredOr(List<String> mediaTypes, String other) {
        return QualityList.preferred(field(HeaderNames.ACCEPT), mediaTypes).orElse(other);
    }

    /**
     * The request's whole body. While it comes this request is in nobody's way: its slot is given back, and has to be had
     * again.
     *
     * @throws ProblemException if it is too large or of another media type, or if there is no slot any more
     */
    public byte[] body(String mediaType) {
        RequestSlots taken = slots;
        releaseSlot();
        byte[] read = body.read(this, request.content(), mediaType);
        if (taken != null) {
            if (!taken.tryAcquire()) {
                throw new ProblemException(Problem.OVERLOADED, "");
            }
            slots = taken;
        }
        return read;
    }

    /** Takes so much in all for the body, until the answer is ready. */
    void holds(int bodyBytes, ByteBudget budget) {
        if (!budget.take(bodyBytes - bodyHeld)) {
            throw new ProblemException(Problem.OVERLOADED, "");
        }
        bodyHeld = bodyBytes;
        bodies = budget;
    }

    public Answer answer() {
        return answer;
    }

    public boolean isAnswered() {
        return answer.isSent();
    }

    /**
     * Sends a body of {@link Answer#json()} with the fields gathered so far; or 503, where too many large answers are
     * being sent already.
     */
    public void send(int status, JsonOutput json) {
        int held = json.capacity();
        if (!AnswerBudget.OF_HEAP.take(held)) {
            refuse();
            return;
        }
        try {
            begin(status, json.length());
            answer.send(status, json, method == HttpMethod.HEAD);
        } finally {
            json.clear();
            AnswerBudget.OF_HEAP.giveBack(held);
        }
    }

    /** The same, smaller where the client can read it so and it is worth it. */
    void sendCompressible(int status, JsonOutput json) {
        sendCompressible(status, json, isCompressed(json));
    }

    /** The same with an entity tag. */
    public void sendCompressible(int status, JsonOutput json, String tag) {
        boolean compressed = isCompressed(json);
        answer.field(FieldName.ETAG, compressed ? EntityTags.gzipped(tag) : tag);
        sendCompressible(status, json, compressed);
    }

    /** Sends 304 for what {@link #sendCompressible(int, JsonOutput, String)} would have sent. */
    public void sendNotModified(String tag) {
        String gzipped = EntityTags.gzipped(tag);
        boolean hasGzipped = acceptsGzip() && field(HeaderNames.IF_NONE_MATCH).contains(gzipped);
        answer.field(FieldName.ETAG, hasGzipped ? gzipped : tag);
        answer.field(Field.VARY_ENCODING);
        send(304);
    }

    private boolean isCompressed(JsonOutput json) {
        return json.length() >= GZIP_FROM && acceptsGzip();
    }

    private void sendCompressible(int status, JsonOutput json, boolean compressed) {
        answer.field(Field.VARY_ENCODING);
        if (compressed) {
            Gzip.Compressed body = Gzip.compress(json.array(), json.start(), json.length());
            json.clear();
            send(status, body);
        } else {
            send(status, json);
        }
    }

    /** The same of a body that is gzipped, and said to be so. */
    public void send(int status, Gzip.Compressed body) {
        int held = body.array().length;
        if (!AnswerBudget.OF_HEAP.take(held)) {
            refuse();
            return;
        }
        try {
            answer.field(Field.GZIP);
            begin(status, body.size());
            answer.send(status, body.array(), 0, body.size(), method == HttpMethod.HEAD);
        } finally {
            AnswerBudget.OF_HEAP.giveBack(held);
        }
    }

    /** @param content which is in memory anyway, the same for every answer */
    public void send(int status, byte[] content) {
        send(status, content, 0, content.length);
    }

    /** The same with a part of it. */
    void send(int status, byte[] content, int from, int length) {
        begin(status, length);
        answer.send(status, content, from, length, method == HttpMethod.HEAD);
    }

    private void refuse() {
        answer.clear();
        answer.field(FieldName.RETRY_AFTER, "1");
        answer.field(Field.PROBLEM_JSON);
        JsonOutput out = answer.json();
        Problem.OVERLOADED.write("", List.of(), requestId, out);
        send(Problem.OVERLOADED.status(), out);
    }

    /** 204 and 304. */
    public void send(int status) {
        begin(status, 0);
        answer.send(status);
    }

    /** Keeps a slot until the answer is ready. */
    public void occupies(RequestSlots taken) {
        slots = taken;
    }

    /** Gives all back. A client that takes its time to read its answer does not keep others from theirs. */
    public void leaves() {
        releaseSlot();
        if (bodyHeld > 0) {
            bodies.giveBack(bodyHeld);
            bodyHeld = 0;
        }
    }

    private void releaseSlot() {
        if (slots != null) {
            slots.release();
            slots = null;
        }
    }

    private void begin(int status, int length) {
        leaves();
        this.status = status;
        this.bytes = method == HttpMethod.HEAD ? 0 : length;
        answer.standingFields(isSecure());
        standing.addTo(this);
        if (quota != null) {
            quota.addTo(answer, spent);
        }
        answer.field(FieldName.REQUEST_ID, requestId);
    }

    /** 0 as long as nothing was sent. */
    public int status() {
        return status;
    }

    /** Of the answer's body. */
    public int bytes() {
        return bytes;
    }
}
