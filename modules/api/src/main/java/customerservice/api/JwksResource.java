package customerservice.api;

import customerservice.auth.KeyRing;

/** The public keys with which others check our tokens. */
final class JwksResource {

    /** Short, so that a key published ahead of its use is everywhere before its first signature. */
    private static final Field CACHE = new Field("Cache-Control", "public, max-age=300");

    private final KeyRing keys;

    JwksResource(KeyRing keys) {
        this.keys = keys;
    }

    Route route() {
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
