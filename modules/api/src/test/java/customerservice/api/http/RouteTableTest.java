package customerservice.api.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import customerservice.api.http.message.HttpMethod;
import customerservice.metrics.ServiceMetrics;
import java.util.List;
import org.junit.jupiter.api.Test;

class RouteTableTest {

    private static final RouteTable TABLE = new RouteTable(
            List.of(
                    Route.of(HttpMethod.GET, "/things/{id}", Access.PUBLIC, _ -> {}),
                    Route.of(HttpMethod.GET, "/things/export", Access.PUBLIC, _ -> {}).alsoAt("/things/"),
                    Route.of(HttpMethod.GET, "/things/{id}/history", Access.PUBLIC, _ -> {})),
            new ServiceMetrics("1", "c", "25").http());

    private static String template(String path) {
        return TABLE.find(path).template();
    }

    @Test
    void fixedPathWinsOverAParameter() {
        assertEquals("/things/export", template("/things/export"));
        assertEquals("/things/{id}", template("/things/exports"));
        assertEquals("/things/{id}/history", template("/things/export/history"));
    }

    @Test
    void aliasLeadsToTheSame() {
        assertEquals("/things/export", template("/things/"));
        assertNull(TABLE.find("/things"));
    }
}
