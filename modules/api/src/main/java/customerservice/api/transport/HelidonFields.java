package customerservice.api.transport;

import customerservice.api.http.RequestFields;
import io.helidon.http.HeaderName;
import io.helidon.http.Headers;
import java.util.List;

/** Header fields as Helidon has read them. */
record HelidonFields(Headers headers) implements RequestFields {

    @Override
    public boolean has(HeaderName name) {
        return headers.contains(name);
    }

    @Override
    public String get(HeaderName name) {
        if (!headers.contains(name)) {
            return "";
        }
        List<String> values = headers.get(name).allValues();
        return values.size() == 1 ? values.getFirst() : String.join(", ", values);
    }
}
