package customerservice.api.http;

import customerservice.api.http.message.Problem;
import customerservice.api.http.message.ProblemException;
import customerservice.domain.customer.Precondition;
import io.helidon.http.HeaderNames;

/**
 * Conditional requests (RFC 9110, section 13). To be evaluated once it is known that the request would otherwise
 * succeed, in the order of section 13.2.2: If-Match, then If-None-Match. Nothing here has a modification date, so that
 * If-Modified-Since and If-Unmodified-Since are ignored, as the sections 13.1.3 and 13.1.4 say.
 */
public final class Preconditions {

    /** No version that anything ever has. */
    private static final long UNTAGGED = 0;

    private Preconditions() {}

    /**
     * Evaluates those of a GET or HEAD.
     *
     * @param tag of the representation that would be sent
     * @return whether the client has it already, so that the answer is 304
     * @throws ProblemException if If-Match does not name the tag: 412
     */
    public static boolean hasCurrent(Exchange exchange, String tag) {
        if (exchange.has(HeaderNames.IF_MATCH) && !EntityTags.in(exchange, HeaderNames.IF_MATCH).nameStrongly(tag)) {
            throw new ProblemException(Problem.VERSION_MISMATCH, "If-Match does not name the current entity tag.");
        }
        if (!exchange.has(HeaderNames.IF_NONE_MATCH)) {
            return false;
        }
        // Nearly always one tag, and nearly always the current one.
        return exchange.field(HeaderNames.IF_NONE_MATCH).equals(tag)
                || EntityTags.in(exchange, HeaderNames.IF_NONE_MATCH).nameWeakly(tag);
    }

    /**
     * Those of a change, for whoever makes it to evaluate against the version that it finds.
     *
     * @throws ProblemException if a field is malformed: 400
     */
    public static Precondition ofChange(Exchange exchange) {
        Precondition match = exchange.has(HeaderNames.IF_MATCH)
                ? EntityTags.in(exchange, HeaderNames.IF_MATCH).ifMatch()
                : Precondition.ANY;
        return exchange.has(HeaderNames.IF_NONE_MATCH)
                ? Precondition.both(match, EntityTags.in(exchange, HeaderNames.IF_NONE_MATCH).ifNoneMatch())
                : match;
    }

    /**
     * Evaluates those of a change of something without an entity tag: any tag that If-Match names is another, and only
     * an asterisk stands for it.
     *
     * @param find looks it up, and throws if it is not there: that is said first
     * @throws ProblemException if one is not met: 412
     */
    public static void ofUntagged(Exchange exchange, Runnable find) {
        if (!exchange.has(HeaderNames.IF_MATCH) && !exchange.has(HeaderNames.IF_NONE_MATCH)) {
            return;
        }
        Precondition condition = ofChange(exchange);
        find.run();
        if (!condition.accepts(UNTAGGED)) {
            throw new ProblemException(Problem.VERSION_MISMATCH, "This resource has no entity tag.");
        }
    }
}
