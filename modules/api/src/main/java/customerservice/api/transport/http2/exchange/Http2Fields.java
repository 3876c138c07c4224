package customerservice.api.transport.http2.exchange;

import customerservice.api.http.message.RequestFields;
import customerservice.api.transport.hpack.HeaderField;
import io.helidon.http.HeaderName;
import java.util.List;

/** The header fields of an HTTP/2 request: names are in lower case, and there are only a few. */
record Http2Fields(List<HeaderField> fields) implements RequestFields {

    @Override
    public boolean has(HeaderName name) {
        String lowerCase = name.lowerCase();
        for (HeaderField field : fields) {
            if (field.name().equals(lowerCase)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String get(HeaderName name) {
        String lowerCase = name.lowerCase();
        String value = null;
        StringBuilder joined = null;
        for (HeaderField field : fields) {
            if (field.name().equals(lowerCase)) {
                if (value == null) {
                    value = field.value();
                } else {
                    joined = joined == null ? new StringBuilder(value) : joined;
                    joined.append(", ").append(field.value());
                }
            }
        }
        if (joined != null) {
            return joined.toString();
        }
        return value == null ? "" : value;
    }
}
