package customerservice.api.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.api.RunningApi;
import customerservice.api.http.Access;
import customerservice.api.http.RateClass;
import customerservice.api.http.Route;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The described answers of each operation, and their header fields. */
class OpenApiResponsesTest {

    private static Map<String, Object> document;
    private static OpenApiSchema schemas;

    @BeforeAll
    static void read() {
        try (var api = new RunningApi()) {
            document = OpenApiSchema.document(api);
        }
        schemas = new OpenApiSchema(document);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    private static String method(Route route) {
        return route.method().name().toLowerCase(Locale.ROOT);
    }

    private static String label(Route route) {
        return method(route) + " " + route.template();
    }

    /** By status, references resolved. */
    private static Map<String, Map<String, Object>> responses(Route route) {
        var responses = new TreeMap<String, Map<String, Object>>();
        map(map(map(map(document.get("paths")).get(route.template())).get(method(route))).get("responses"))
                .forEach((status, response) -> responses.put(status, schemas.resolve(map(response))));
        return responses;
    }

    private static boolean hasField(Map<String, Object> response, String name) {
        return map(response.getOrDefault("headers", Map.of())).containsKey(name);
    }

    @Test
    void whatIsLimitedAndNothingElseIsDescribedToAnswer429() {
        for (Route route : RunningApi.routes()) {
            assertEquals(
                    route.rate() != RateClass.UNLIMITED, responses(route).containsKey("429"), label(route));
        }
    }

    @Test
    void everyAnswerOfALimitedOperationIsDescribedToTellWhatIsLeft() {
        var silent = new TreeSet<String>();
        for (Route route : RunningApi.routes()) {
            if (route.rate() == RateClass.UNLIMITED) {
                continue;
            }
            responses(route).forEach((status, response) -> {
                boolean beforeTheCallerIsKnown = status.equals("401") && !(route.access() instanceof Access.Public);
                boolean told = hasField(response, "RateLimit") && hasField(response, "RateLimit-Policy");
                if (!told && !beforeTheCallerIsKnown) {
                    silent.add(label(route) + " " + status);
                }
            });
        }

        assertEquals(List.of(), List.copyOf(silent));
    }

    @Test
    void whatIsShedAndNothingElseIsDescribedToAnswer503WithAProblem() {
        for (Route route : RunningApi.routes()) {
            Map<String, Object> unavailable = responses(route).getOrDefault("503", Map.of("content", Map.of()));

            assertEquals(
                    route.shed(),
                    map(unavailable.get("content")).containsKey("application/problem+json"),
                    label(route));
        }
    }

    @Test
    void whoeverIsToTryAgainIsToldWhen() {
        for (Route route : RunningApi.routes()) {
            responses(route).forEach((status, response) -> {
                if (status.equals("429") || (status.equals("503") && route.shed())) {
                    assertTrue(hasField(response, "Retry-After"), label(route) + " " + status);
                }
            });
        }
    }

    @Test
    void everyAnswerIsDescribedToNameTheRequest() {
        for (Route route : RunningApi.routes()) {
            responses(route).forEach((status, response) -> assertTrue(
                    hasField(response, "X-Request-Id"), label(route) + " " + status));
        }
    }
}
