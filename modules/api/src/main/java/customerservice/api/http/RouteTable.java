package customerservice.api.http;

import customerservice.api.http.message.HttpMethod;
import customerservice.metrics.HttpMetrics;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Every route of one listener. */
public final class RouteTable {

    private final List<Route> routes;
    private final Map<String, PathTemplate> fixed = new HashMap<>();
    private final List<PathTemplate> parameterised = new ArrayList<>();
    private final PathTemplate unmatched;

    public RouteTable(List<Route> routes, HttpMetrics metrics) {
        this.routes = List.copyOf(routes);
        this.unmatched = new PathTemplate(PathTemplate.UNMATCHED, metrics);
        Map<String, PathTemplate> byTemplate = new HashMap<>();
        for (Route route : routes) {
            PathTemplate resource = byTemplate.get(route.template());
            if (resource == null) {
                resource = new PathTemplate(route.template(), metrics);
                byTemplate.put(route.template(), resource);
                if (resource.isParameterised()) {
                    parameterised.add(resource);
                } else {
                    fixed.put(route.template(), resource);
                }
            }
            resource.add(route);
            if (!route.alias().isEmpty()) {
                fixed.put(route.alias(), resource);
            }
        }
        var server = new PathTemplate(PathTemplate.SERVER, metrics);
        Set<HttpMethod> methods = EnumSet.noneOf(HttpMethod.class);
        byTemplate.values().forEach(resource -> methods.addAll(resource.methods()));
        server.allows(methods);
        fixed.put(PathTemplate.SERVER, server);
    }

    List<Route> routes() {
        return routes;
    }

    /** A path that is known as it stands wins over one with a parameter. Null if it leads nowhere. */
    public PathTemplate find(String path) {
        PathTemplate found = fixed.get(path);
        for (int i = 0; found == null && i < parameterised.size(); i++) {
            if (parameterised.get(i).matches(path)) {
                found = parameterised.get(i);
            }
        }
        return found;
    }

    /** Stands for all that lead nowhere. */
    public PathTemplate unmatched() {
        return unmatched;
    }
}
