package customerservice.api.operations;

import customerservice.api.http.Access;
import customerservice.api.http.Exchange;
import customerservice.api.http.RateClass;
import customerservice.api.http.Route;
import customerservice.api.http.StaticContent;
import customerservice.api.http.message.Field;
import customerservice.api.http.message.FieldName;
import customerservice.api.http.message.HttpMethod;
import customerservice.api.http.message.MediaTypes;
import customerservice.api.http.message.Problem;
import customerservice.api.http.message.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A page that shows the API's description to people, and the files that it is made of. It asks no other host for anything.
 *
 * <p>The page names its files with their versions, so that browsers keep them for good, and never put an old file beside
 * a new one. While instances of two versions run side by side, one may be asked for the other's files: it gives its own,
 * to be kept for a moment only.
 */
public final class DocsPage {

    private static final String PATH = "/docs";
    private static final byte[] NOTHING = {};

    /**
     * No script but the viewer's files, nothing from elsewhere. The viewer sets styles on single elements, and its
     * stylesheet holds its images as data URLs.
     */
    private static final Field CONTENT_SECURITY_POLICY = new Field(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
                    + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
    private static final Field FOR_GOOD = new Field("Cache-Control", "public, max-age=31536000, immutable");

    private static final StaticFile PAGE = new StaticFile("index.html", "text/html; charset=utf-8");
    private static final List<StaticFile> FILES = List.of(
            new StaticFile("docs.js", "text/javascript; charset=utf-8"),
            new StaticFile("swagger-ui.css", "text/css; charset=utf-8"),
            new StaticFile("swagger-ui-bundle.js", "text/javascript; charset=utf-8"),
            new StaticFile("swagger-ui-bundle.js.LICENSE.txt", "text/plain; charset=utf-8"));

    private DocsPage() {}

    public static List<Route> routes() {
        // A page asks for all of them at once, and they cost next to nothing.
        return List.of(
                Route.of(HttpMethod.GET, "/", Access.PUBLIC, DocsPage::lead).limited(RateClass.UNLIMITED),
                Route.of(HttpMethod.GET, PATH, Access.PUBLIC, DocsPage::page)
                        .alsoAt(PATH + "/")
                        .limited(RateClass.UNLIMITED),
                Route.of(HttpMethod.GET, PATH + "/{file}", Access.PUBLIC, DocsPage::file)
                        .limited(RateClass.UNLIMITED));
    }

    /** For whoever opens the host in a browser. */
    private static void lead(Exchange exchange) {
        exchange.answer().field(FieldName.LOCATION, PATH);
        exchange.send(302, NOTHING);
    }

    private static void page(Exchange exchange) {
        exchange.accepts(MediaTypes.HTML);
        exchange.answer().field(CONTENT_SECURITY_POLICY);
        Versioned.PAGE.send(exchange, PAGE.contentType(), OpenApiResource.FOR_A_WHILE);
    }

    private static void file(Exchange exchange) {
        String name = exchange.parameter();
        for (StaticFile file : FILES) {
            if (file.name().equals(name) || file.isVersion(name)) {
                boolean current = name.equals(file.versionedName());
                file.content().send(exchange, file.contentType(), current ? FOR_GOOD : OpenApiResource.FOR_A_WHILE);
                return;
            }
        }
        throw new ProblemException(Problem.NOT_FOUND, "There is no such file.");
    }

    /** The page with the versions of its files, made when somebody asks for it first. */
    private static final class Versioned {

        static final StaticContent PAGE = make();

        private static StaticContent make() {
            String text = new String(DocsPage.PAGE.content().bytes(), StandardCharsets.UTF_8);
            for (StaticFile file : FILES) {
                text = text.replace(
                        "\"" + PATH + "/" + file.name() + "\"", "\"" + PATH + "/" + file.versionedName() + "\"");
            }
            return StaticContent.of(text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
