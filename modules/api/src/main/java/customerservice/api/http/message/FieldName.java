package customerservice.api.http.message;

import customerservice.api.json.JsonOutput;
import java.util.Locale;

/** The name of an answer's header field, in the forms that HTTP/1.1 and HTTP/2 want. Made once, kept as a constant. */
public final class FieldName {

    public static final FieldName ALLOW = new FieldName("Allow");
    public static final FieldName ETAG = new FieldName("ETag");
    public static final FieldName LINK = new FieldName("Link");
    public static final FieldName LOCATION = new FieldName("Location");
    public static final FieldName RATE_LIMIT = new FieldName("RateLimit");
    public static final FieldName REQUEST_ID = new FieldName("X-Request-Id");
    public static final FieldName RETRY_AFTER = new FieldName("Retry-After");
    public static final FieldName WWW_AUTHENTICATE = new FieldName("WWW-Authenticate");

    private final String name;
    private final byte[] prefix;

    public FieldName(String name) {
        this.name = name.toLowerCase(Locale.ROOT);
        this.prefix = JsonOutput.ascii(name + ": ");
    }

    /** The field's line up to its value. */
    public byte[] prefix() {
        return prefix;
    }

    /** As HTTP/2 wants it. */
    public String lowerCase() {
        return name;
    }
}
