package customerservice.api.identity;

import static customerservice.api.json.JsonOutput.ascii;

import customerservice.api.http.Answer;
import customerservice.api.http.Exchange;
import customerservice.api.http.message.Field;
import customerservice.api.http.message.FieldName;
import customerservice.api.json.JsonOutput;

/**
 * The errors of the OAuth endpoints (RFC 6749, section 5.2; RFC 7009, section 2.2.1; for what a client has no scope for RFC
 * 6750, section 3.1), in the form of these RFCs.
 */
public enum OAuthError {
    INVALID_REQUEST(400, "invalid_request"),
    INVALID_CLIENT(401, "invalid_client"),
    INVALID_GRANT(400, "invalid_grant"),
    UNSUPPORTED_GRANT_TYPE(400, "unsupported_grant_type"),
    INVALID_SCOPE(400, "invalid_scope"),
    UNSUPPORTED_TOKEN_TYPE(400, "unsupported_token_type"),
    INSUFFICIENT_SCOPE(403, "insufficient_scope");

    private static final String CHALLENGE = "Basic realm=\"customer-service\", charset=\"UTF-8\"";

    private final int status;
    @SuppressWarnings("ImmutableEnumChecker") // nobody changes it
    private final byte[] beginning;

    OAuthError(int status, String code) {
        this.status = status;
        this.beginning = ascii("{\"error\":\"" + code + "\",\"error_description\":");
    }

    int status() {
        return status;
    }

    /** @param description for the client's developer; ASCII without quotes and backslashes */
    public void answer(Exchange exchange, String description) {
        Answer answer = exchange.answer();
        answer.clear();
        answer.field(Field.JSON);
        answer.field(Field.NO_STORE);
        answer.field(Field.PRAGMA_NO_CACHE);
        if (status == 401) {
            // Also where the client did not use Basic: RFC 9110, section 15.5.2, has no 401 without a challenge.
            answer.field(FieldName.WWW_AUTHENTICATE, CHALLENGE);
        }
        JsonOutput out = answer.json();
        out.raw(beginning).string(description).raw('}');
        exchange.send(status, out);
    }
}
