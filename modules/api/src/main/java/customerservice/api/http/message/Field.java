package customerservice.api.http.message;

import customerservice.api.json.JsonOutput;
import java.util.Locale;

/** An answer's header field whose value is always the same. Made once, kept as a constant. */
public final class Field {

    public static final Field JSON = new Field("Content-Type", "application/json");
    public static final Field PROBLEM_JSON = new Field("Content-Type", "application/problem+json");
    public static final Field NO_SNIFF = new Field("X-Content-Type-Options", "nosniff");
    public static final Field NO_STORE = new Field("Cache-Control", "no-store");

    /** The same for HTTP/1.0; RFC 6749, section 5.1, wants it beside tokens. */
    public static final Field PRAGMA_NO_CACHE = new Field("Pragma", "no-cache");

    /** No answer but the page of the docs is meant to be shown by a browser, let alone in a frame: nothing runs in it. */
    public static final Field NOTHING_RUNS = new Field(
            "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");

    /** Queries hold search terms, which are nobody else's business. */
    public static final Field NO_REFERRER = new Field("Referrer-Policy", "no-referrer");

    /** For a year, of this host alone: what its neighbours do is not ours to say (RFC 6797). */
    public static final Field TLS_ONLY = new Field("Strict-Transport-Security", "max-age=31536000");
    public static final Field CLOSE = new Field("Connection", "close");
    public static final Field GZIP = new Field("Content-Encoding", "gzip");
    public static final Field VARY_ENCODING = new Field("Vary", "Accept-Encoding");
    public static final Field VARY_ACCEPT = new Field("Vary", "Accept");

    /** Said to who has sent another coding (RFC 9110, section 12.5.3). */
    public static final Field ACCEPT_IDENTITY = new Field("Accept-Encoding", "identity");

    public static final Field ACCEPT_PATCH = new Field("Accept-Patch", MediaTypes.MERGE_PATCH);

    /** Personal data: only the caller's own cache may keep it, and must ask with the ETag before using it again. */
    public static final Field PRIVATE = new Field("Cache-Control", "private, no-cache");

    /** Of which every answer has one, unless the operation gives it another. */
    public enum Kind {
        CACHE_CONTROL,
        CONTENT_SECURITY_POLICY,
        OTHER;

        private static Kind of(String name) {
            return switch (name) {
                case "Cache-Control" -> CACHE_CONTROL;
                case "Content-Security-Policy" -> CONTENT_SECURITY_POLICY;
                default -> OTHER;
            };
        }
    }

    private final Kind kind;
    private final String name;
    private final String value;
    private final byte[] line;

    public Field(String name, String value) {
        this.kind = Kind.of(name);
        this.name = name.toLowerCase(Locale.ROOT);
        this.value = value;
        this.line = JsonOutput.ascii(name + ": " + value + "\r\n");
    }

    public Kind kind() {
        return kind;
    }

    /** As HTTP/1.1 writes it, with its line end. */
    public byte[] line() {
        return line;
    }

    /** In lower case, as HTTP/2 wants it. */
    public String name() {
        return name;
    }

    public String value() {
        return value;
    }
}
