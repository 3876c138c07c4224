package customerservice.api.caller;

import com.github.benmanes.caffeine.cache.Ticker;
import customerservice.api.http.Exchange;
import customerservice.api.http.RateClass;
import customerservice.api.http.message.FieldName;
import customerservice.api.http.message.Problem;
import customerservice.api.http.message.ProblemException;
import customerservice.domain.identity.SourceNetwork;

/** How much one caller may ask for: a principal, or an address where no token is asked for. */
public final class RateLimits {

    private final RateLimit usual;
    private final RateLimit expensive;

    public RateLimits(int perSecond, int expensivePerSecond) {
        this.usual = new RateLimit("default", perSecond, Ticker.systemTicker());
        this.expensive = new RateLimit("expensive", expensivePerSecond, Ticker.systemTicker());
    }

    /** @throws ProblemException if the caller has nothing left */
    public void take(RateClass rate, Exchange exchange) {
        switch (rate) {
            case DEFAULT -> take(usual, exchange);
            case EXPENSIVE -> take(expensive, exchange);
            case UNLIMITED -> {
            }
        }
    }

    private static void take(RateLimit limit, Exchange exchange) {
        String subject = exchange.principalId();
        // No subject begins so, and none meets an address.
        long spent = limit.take(subject.isEmpty() ? "@" + SourceNetwork.of(exchange.clientAddress()) : subject);
        exchange.counted(limit, spent);
        if (spent < 0) {
            exchange.answer().field(FieldName.RETRY_AFTER, Long.toString(RateLimit.secondsToWait(spent)));
            throw new ProblemException(Problem.TOO_MANY_REQUESTS, "");
        }
    }
}
