package customerservice.api.operations;

import customerservice.api.http.Access;
import customerservice.api.http.Answer;
import customerservice.api.http.Exchange;
import customerservice.api.http.Field;
import customerservice.api.http.HttpMethod;
import customerservice.api.http.MediaTypes;
import customerservice.api.http.Problem;
import customerservice.api.http.ProblemException;
import customerservice.api.http.RateClass;
import customerservice.api.http.Route;
import java.util.List;

/**
 * The API's description, and a page that shows it to people. The files are this module's own, gzipped by its build; the
 * page asks no other host for anything.
 */
public final class DocsResource {

    /**
     * No script but the viewer's files, nothing from elsewhere. The viewer sets styles on single elements, and its
     * stylesheet holds its images as data URLs.
     */
    private static final Field CONTENT_SECURITY_POLICY = new Field(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
                    + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
    private static final Field CACHE = new Field("Cache-Control", "public, max-age=300");

    private static final StaticFile OPENAPI = new StaticFile("openapi.yaml", MediaTypes.YAML);
    private static final StaticFile PAGE = new StaticFile("index.html", "text/html; charset=utf-8");
    private static final List<StaticFile> FILES = List.of(
            new StaticFile("docs.js", "text/javascript; charset=utf-8"),
            new StaticFile("swagger-ui.css", "text/css; charset=utf-8"),
            new StaticFile("swagger-ui-bundle.js", "text/javascript; charset=utf-8"),
            new StaticFile("swagger-ui-bundle.js.LICENSE.txt", "text/plain; charset=utf-8"));

    private DocsResource() {}

    public static List<Route> routes() {
        // A page asks for all of them at once, and they cost next to nothing.
        return List.of(
                Route.of(HttpMethod.GET, "/openapi.yaml", Access.PUBLIC, DocsResource::openApi)
                        .limited(RateClass.UNLIMITED),
                Route.of(HttpMethod.GET, "/docs", Access.PUBLIC, DocsResource::page).limited(RateClass.UNLIMITED),
                Route.of(HttpMethod.GET, "/docs/{file}", Access.PUBLIC, DocsResource::file)
                        .limited(RateClass.UNLIMITED));
    }

    private static void openApi(Exchange exchange) {
        exchange.accepts(MediaTypes.YAML);
        send(exchange, OPENAPI);
    }

    private static void page(Exchange exchange) {
        exchange.accepts(MediaTypes.HTML);
        exchange.answer().field(CONTENT_SECURITY_POLICY);
        send(exchange, PAGE);
    }

    private static void file(Exchange exchange) {
        String name = exchange.parameter();
        for (StaticFile file : FILES) {
            if (file.name().equals(name)) {
                send(exchange, file);
                return;
            }
        }
        throw new ProblemException(Problem.NOT_FOUND, "There is no such file.");
    }

    private static void send(Exchange exchange, StaticFile file) {
        Answer answer = exchange.answer();
        answer.field(file.contentType());
        answer.field(CACHE);
        answer.field(Field.VARY_ENCODING);
        if (exchange.acceptsGzip()) {
            answer.field(Field.GZIP);
            exchange.send(200, file.gzipped());
        } else {
            exchange.send(200, file.plain());
        }
    }
}
