package customerservice.api.operations;

import customerservice.api.http.Access;
import customerservice.api.http.Exchange;
import customerservice.api.http.RateClass;
import customerservice.api.http.Route;
import customerservice.api.http.message.Field;
import customerservice.api.http.message.HttpMethod;
import customerservice.api.http.message.MediaTypes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The API's description, as YAML and as JSON, which the build makes of it. */
public final class OpenApiResource {

    static final Field FOR_A_WHILE = new Field("Cache-Control", "public, max-age=300");

    /** RFC 9512, the names in use before it, and OpenAPI's own. */
    private static final List<String> YAML_TYPES = List.of(
            MediaTypes.YAML, "text/yaml", "application/x-yaml", "text/x-yaml", "application/vnd.oai.openapi");
    private static final List<String> JSON_TYPES = List.of(MediaTypes.JSON, "application/vnd.oai.openapi+json");

    private static final StaticFile YAML = new StaticFile("openapi.yaml", MediaTypes.YAML);
    private static final StaticFile JSON = new StaticFile("openapi.json", MediaTypes.JSON);

    private static final Map<String, Form> OF_JSON = forms(Map.of(), JSON_TYPES, JSON);

    /** The first one is for clients without a wish. */
    private static final Map<String, Form> OF_BOTH = forms(forms(Map.of(), YAML_TYPES, YAML), JSON_TYPES, JSON);

    private OpenApiResource() {}

    public static List<Route> routes() {
        return List.of(
                Route.of(HttpMethod.GET, "/openapi.yaml", Access.PUBLIC, exchange -> send(exchange, OF_BOTH))
                        .limited(RateClass.UNLIMITED),
                Route.of(HttpMethod.GET, "/openapi.json", Access.PUBLIC, exchange -> send(exchange, OF_JSON))
                        .limited(RateClass.UNLIMITED));
    }

    private static void send(Exchange exchange, Map<String, Form> forms) {
        Form form = forms.get(exchange.preferred(List.copyOf(forms.keySet())));
        exchange.answer().field(Field.VARY_ACCEPT);
        form.file().content().send(exchange, form.contentType(), FOR_A_WHILE);
    }

    private static Map<String, Form> forms(Map<String, Form> others, List<String> mediaTypes, StaticFile file) {
        Map<String, Form> forms = new LinkedHashMap<>(others);
        mediaTypes.forEach(type -> forms.put(type, new Form(file, new Field("Content-Type", type))));
        return forms;
    }

    private record Form(StaticFile file, Field contentType) {}
}
