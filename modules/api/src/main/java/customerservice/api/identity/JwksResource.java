package customerservice.api.identity;

import customerservice.api.http.Access;
import customerservice.api.http.Exchange;
import customerservice.api.http.Field;
import customerservice.api.http.HttpMethod;
import customerservice.api.http.MediaTypes;
import customerservice.api.http.RateClass;
import customerservice.api.http.Route;
import customerservice.auth.key.ActiveSigningKeys;

/** The public keys with which others check our tokens. */
public final class JwksResource {

    /** Short, so that a key published ahead of its use is everywhere before its first signature. */
    private static final Field CACHE = new Field("Cache-Control", "public, max-age=300");

    private final ActiveSigningKeys keys;

    public JwksResource(ActiveSigningKeys keys) {
        this.keys = keys;
    }

    public Route route() {
        return Route.of(HttpMethod.GET, "/.well-known/jwks.json", Access.PUBLIC, this::get)
                .limited(RateClass.UNLIMITED);
    }

    private void get(Exchange exchange) {
        exchange.accepts(MediaTypes.JSON);
        exchange.answer().field(Field.JSON);
        exchange.answer().field(CACHE);
        exchange.send(200, keys.inForce().jwks());
    }
}
