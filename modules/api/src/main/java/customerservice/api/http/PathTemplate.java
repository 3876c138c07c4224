package customerservice.api.http;

import customerservice.api.http.message.HttpMethod;
import customerservice.metrics.HttpMetrics;
import customerservice.metrics.RouteTimer;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/** All routes of one template. */
public final class PathTemplate {

    /** For paths that lead nowhere: one label for them all. */
    static final String UNMATCHED = "unmatched";

    /** For requests that concern the server as a whole (RFC 9110, section 7.1). */
    static final String SERVER = "*";

    private final String template;
    private final String prefix;
    private final String suffix;
    private final boolean parameterised;
    private final Map<HttpMethod, Route> routes = new EnumMap<>(HttpMethod.class);
    private final Map<HttpMethod, RouteTimer> timers = new EnumMap<>(HttpMethod.class);
    private String allow = "";

    PathTemplate(String template, HttpMetrics metrics) {
        this.template = template;
        int open = template.indexOf('{');
        this.parameterised = open >= 0;
        this.prefix = parameterised ? template.substring(0, open) : template;
        this.suffix = parameterised ? template.substring(template.indexOf('}') + 1) : "";
        for (HttpMethod method : HttpMethod.values()) {
            timers.put(method, metrics.route(method.label(), template));
        }
    }

    /** A GET answers HEAD as well, and every resource OPTIONS. */
    void add(Route route) {
        if (routes.put(route.method(), route) != null) {
            throw new IllegalArgumentException(route.method() + " " + template + " is there twice");
        }
        if (route.method() == HttpMethod.GET) {
            routes.put(HttpMethod.HEAD, route);
        }
        allows(routes.keySet());
    }

    void allows(Set<HttpMethod> methods) {
        var list = new StringBuilder();
        for (HttpMethod method : HttpMethod.values()) {
            if (methods.contains(method) || method == HttpMethod.OPTIONS) {
                list.append(list.isEmpty() ? "" : ", ").append(method);
            }
        }
        allow = list.toString();
    }

    Set<HttpMethod> methods() {
        return routes.keySet();
    }

    public String template() {
        return template;
    }

    boolean isParameterised() {
        return parameterised;
    }

    /** Whether the parameter's place in this path holds one segment that is not empty. */
    boolean matches(String path) {
        int from = prefix.length();
        int to = path.length() - suffix.length();
        if (from >= to || !path.startsWith(prefix) || !path.endsWith(suffix)) {
            return false;
        }
        int slash = path.indexOf('/', from);
        return slash < 0 || slash >= to;
    }

    /** The parameter's value, as it stands in the path. */
    String parameter(String path) {
        return path.substring(prefix.length(), path.length() - suffix.length());
    }

    /** Null if there is none with this method. */
    public Route route(HttpMethod method) {
        return routes.get(method);
    }

    public RouteTimer timer(HttpMethod method) {
        return timers.get(method);
    }

    /** The value of {@code Allow}. */
    public String allow() {
        return allow;
    }
}
