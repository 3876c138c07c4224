package customerservice.api.identity;

import customerservice.api.http.Access;
import customerservice.api.http.Exchange;
import customerservice.api.http.RateClass;
import customerservice.api.http.Route;
import customerservice.api.http.StaticContent;
import customerservice.api.http.message.Field;
import customerservice.api.http.message.HttpMethod;
import customerservice.api.http.message.MediaTypes;
import customerservice.auth.key.ActiveSigningKeys;
import customerservice.auth.key.SigningKeys;

/** The public keys with which others check our tokens. */
public final class JwksResource {

    /** Short, so that a key published ahead of its use is everywhere before its first signature. */
    private static final Field CACHE = new Field("Cache-Control", "public, max-age=300");

    private final ActiveSigningKeys keys;

    /** Of the keys that were asked for last; null before. */
    private volatile Published published;

    public JwksResource(ActiveSigningKeys keys) {
        this.keys = keys;
    }

    public Route route() {
        return Route.of(HttpMethod.GET, "/.well-known/jwks.json", Access.PUBLIC, this::get)
                .limited(RateClass.UNLIMITED);
    }

    private void get(Exchange exchange) {
        exchange.accepts(MediaTypes.JSON);
        published(keys.inForce()).content().send(exchange, Field.JSON, CACHE);
    }

    private Published published(SigningKeys inForce) {
        Published last = published;
        if (last == null || last.keys() != inForce) {
            last = new Published(inForce, StaticContent.of(inForce.jwks()));
            published = last;
        }
        return last;
    }

    private record Published(SigningKeys keys, StaticContent content) {}
}
