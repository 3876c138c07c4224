package customerservice.api.identity;

import customerservice.api.http.message.FormEncoding;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * The parameters of a request to an OAuth endpoint (RFC 6749, section 3.2 and appendix B): none twice, those without a
 * value as if they were not there, those that nobody asks for ignored.
 */
final class FormParameters {

    private static final int MAX_PARAMETERS = 100;

    private final Map<String, String> values = new HashMap<>();

    private FormParameters() {}

    /** @throws OAuthErrorException if it is not of that form */
    static FormParameters parse(byte[] body) {
        var parameters = new FormParameters();
        String text = new String(body, StandardCharsets.ISO_8859_1);
        int from = 0;
        while (from < text.length()) {
            int ampersand = text.indexOf('&', from);
            int to = ampersand < 0 ? text.length() : ampersand;
            if (to > from) {
                parameters.add(text.substring(from, to));
            }
            from = to + 1;
        }
        return parameters;
    }

    private void add(String pair) {
        int equals = pair.indexOf('=');
        String name = decode(equals < 0 ? pair : pair.substring(0, equals));
        String value = decode(equals < 0 ? "" : pair.substring(equals + 1));
        if (values.put(name, value) != null) {
            throw new OAuthErrorException(OAuthError.INVALID_REQUEST, "a parameter is given twice");
        }
        if (values.size() > MAX_PARAMETERS) {
            throw new OAuthErrorException(OAuthError.INVALID_REQUEST, "there are too many parameters");
        }
    }

    private static String decode(String text) {
        return FormEncoding.decode(text).orElseThrow(() -> new OAuthErrorException(
                OAuthError.INVALID_REQUEST, "a parameter is not percent-encoded UTF-8"));
    }

    /** Empty if it was not given, or without a value. */
    String get(String name) {
        return values.getOrDefault(name, "");
    }

    boolean has(String name) {
        return !get(name).isEmpty();
    }

    /** @throws OAuthErrorException if it was not given, or without a value */
    String require(String name) {
        if (!has(name)) {
            throw new OAuthErrorException(OAuthError.INVALID_REQUEST, name + " is missing");
        }
        return get(name);
    }
}
