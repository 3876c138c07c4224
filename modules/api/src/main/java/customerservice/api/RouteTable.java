package customerservice.api;

import customerservice.metrics.HttpMetrics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Every route of one listener. */
final class RouteTable {

    private final List<Route> routes;
    private final Map<String, Resource> fixed = new HashMap<>();
    private final List<Resource> parameterised = new ArrayList<>();
    private final Resource unmatched;

    RouteTable(List<Route> routes, HttpMetrics metrics) {
        this.routes = List.copyOf(routes);
        this.unmatched = new Resource(Resource.UNMATCHED, metrics);
        Map<String, Resource> byTemplate = new HashMap<>();
        for (Route route : routes) {
            Resource resource = byTemplate.get(route.template());
            if (resource == null) {
                resource = new Resource(route.template(), metrics);
                byTemplate.put(route.template(), resource);
                if (resource.isParameterised()) {
                    parameterised.add(resource);
                } else {
                    fixed.put(route.template(), resource);
                }
            }
            resource.add(route);
        }
    }

    List<Route> routes() {
        return routes;
    }

    /** Null if the path leads nowhere. */
    Resource find(String path) {
        for (int i = 0; i < parameterised.size(); i++) {
            Resource resource = parameterised.get(i);
            if (resource.matches(path)) {
                return resource;
            }
        }
        return fixed.get(path);
    }

    /** Stands for all that lead nowhere. */
    Resource unmatched() {
        return unmatched;
    }
}
