package customerservice.api.http;

import customerservice.api.http.message.HttpMethod;
import java.util.Objects;

/**
 * One operation. There is none without a declared {@link Access}: the server does not start with one.
 *
 * @param template a path in which at most one segment is a parameter, such as {@code /v1/customers/{id}/history}
 * @param alias another path without a parameter that leads to it, undescribed; empty if there is none
 * @param shed whether requests count against the limit of concurrent ones, and are refused above it
 * @param rate which of a caller's budgets a request is taken from
 */
public record Route(
        HttpMethod method,
        String template,
        String alias,
        Access access,
        boolean shed,
        RateClass rate,
        Handler handler) {

    public Route {
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(template, "template");
        Objects.requireNonNull(alias, "alias");
        if (access == null) {
            throw new IllegalArgumentException(method + " " + template + " does not declare who may use it");
        }
        Objects.requireNonNull(rate, "rate");
        Objects.requireNonNull(handler, "handler");
    }

    public static Route of(HttpMethod method, String template, Access access, Handler handler) {
        return new Route(method, template, "", access, true, RateClass.DEFAULT, handler);
    }

    /** For health checks and metrics, which must be answered above all when there is too much to do. */
    public static Route unshed(HttpMethod method, String template, Handler handler) {
        return new Route(method, template, "", Access.PUBLIC, false, RateClass.UNLIMITED, handler);
    }

    /** The same, but taken from another budget. */
    public Route limited(RateClass other) {
        return new Route(method, template, alias, access, shed, other, handler);
    }

    /** The same, found at another path as well. */
    public Route alsoAt(String other) {
        return new Route(method, template, other, access, shed, rate, handler);
    }
}
