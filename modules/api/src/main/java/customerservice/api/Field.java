package customerservice.api;

import customerservice.api.json.JsonOutput;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;

/** An answer's header field whose value is always the same. Made once, kept as a constant. */
final class Field {

    static final Field JSON = new Field("Content-Type", "application/json");
    static final Field PROBLEM_JSON = new Field("Content-Type", "application/problem+json");
    static final Field NO_SNIFF = new Field("X-Content-Type-Options", "nosniff");
    static final Field NO_STORE = new Field("Cache-Control", "no-store");
    static final Field CLOSE = new Field("Connection", "close");
    static final Field GZIP = new Field("Content-Encoding", "gzip");
    static final Field VARY_ENCODING = new Field("Vary", "Accept-Encoding");

    static final Field ACCEPT_PATCH = new Field("Accept-Patch", MediaTypes.MERGE_PATCH);

    /** Personal data: only the caller's own cache may keep it, and must ask with the ETag before using it again. */
    static final Field PRIVATE = new Field("Cache-Control", "private, no-cache");

    private final Header header;
    private final byte[] line;

    Field(String name, String value) {
        this.header = HeaderValues.create(HeaderNames.create(name), value);
        this.line = JsonOutput.ascii(name + ": " + value + "\r\n");
    }

    /** As HTTP/1.1 writes it, with its line end. */
    byte[] line() {
        return line;
    }

    Header header() {
        return header;
    }
}
