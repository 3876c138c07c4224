package customerservice.api;

import customerservice.api.caller.BearerToken;
import customerservice.api.caller.RateLimits;
import customerservice.api.http.Access;
import customerservice.api.http.Exchange;
import customerservice.api.http.Route;
import customerservice.api.http.capacity.RequestSlots;
import customerservice.api.http.message.ProblemException;

/** Which requests are let in: by whose token, how often, and how many at the same time. */
record Admission(BearerToken guard, RateLimits limits, RequestSlots slots) {

    /** @throws ProblemException if the caller may not use the route, or not now */
    void check(Route route, Exchange exchange) {
        if (!(route.access() instanceof Access.Public)) {
            guard.authenticate(exchange);
        }
        limits.take(route.rate(), exchange);
        switch (route.access()) {
            case Access.Public _ -> {
            }
            case Access.Scoped scoped -> guard.authorize(exchange, scoped.scope());
            case Access.OwnOrScoped own -> guard.authorizeUnlessOwn(exchange, own.scope());
        }
    }
}
