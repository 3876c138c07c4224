package customerservice.api.http.message;

import io.helidon.http.HeaderName;

/** The header fields of a request, whatever protocol they came by. */
public interface RequestFields {

    boolean has(HeaderName name);

    /** The field's value, several lines joined by commas (RFC 9110, section 5.3); empty if there is none. */
    String get(HeaderName name);
}
