package customerservice.api.identity;

import static customerservice.api.json.JsonOutput.ascii;

import customerservice.api.http.Answer;
import customerservice.api.http.Exchange;
import customerservice.api.http.message.Field;
import customerservice.api.json.JsonOutput;
import customerservice.auth.token.IssuedToken;
import customerservice.domain.identity.Scope;

/** The answer with fresh tokens (RFC 6749, section 5.1). */
final class TokenAnswer {

    private static final byte[] ACCESS_TOKEN = ascii("{\"access_token\":");
    private static final byte[] EXPIRES_IN = ascii(",\"token_type\":\"Bearer\",\"expires_in\":");
    private static final byte[] REFRESH_TOKEN = ascii(",\"refresh_token\":");
    private static final byte[] SCOPE = ascii(",\"scope\":");

    private TokenAnswer() {}

    static void send(Exchange exchange, IssuedToken token) {
        Answer answer = exchange.answer();
        answer.field(Field.JSON);
        answer.field(Field.NO_STORE);
        answer.field(Field.PRAGMA_NO_CACHE);
        JsonOutput out = answer.json();
        out.raw(ACCESS_TOKEN).string(token.value());
        out.raw(EXPIRES_IN).number(token.lifetime().toSeconds());
        token.refreshToken().ifPresent(refreshToken -> out.raw(REFRESH_TOKEN).string(refreshToken));
        out.raw(SCOPE).string(Scope.labels(token.scopes())).raw('}');
        exchange.send(200, out);
    }
}
