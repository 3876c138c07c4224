package customerservice.api.operations;

import customerservice.api.http.Access;
import customerservice.api.http.Exchange;
import customerservice.api.http.RateClass;
import customerservice.api.http.Route;
import customerservice.api.http.StaticContent;
import customerservice.api.http.message.Field;
import customerservice.api.http.message.HttpMethod;
import customerservice.api.http.message.MediaTypes;
import customerservice.api.http.message.Problem;
import customerservice.api.http.message.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A short page for each type of problem, at the address that the type is (RFC 9457, section 3.1.1). */
public final class ProblemPages {

    private static final String TEMPLATE = "/problems/{type}";
    private static final Field HTML = new Field("Content-Type", "text/html; charset=utf-8");
    private static final Field TEXT = new Field("Content-Type", "text/plain; charset=utf-8");

    private ProblemPages() {}

    public static Route route() {
        return Route.of(HttpMethod.GET, TEMPLATE, Access.PUBLIC, ProblemPages::page).limited(RateClass.UNLIMITED);
    }

    private static void page(Exchange exchange) {
        Page page = Pages.BY_NAME.get(exchange.parameter());
        if (page == null) {
            throw new ProblemException(Problem.NOT_FOUND, "There is no such type of problem.");
        }
        boolean html = exchange.preferredOr(List.of(MediaTypes.TEXT, MediaTypes.HTML), MediaTypes.TEXT)
                .equals(MediaTypes.HTML);
        exchange.answer().field(Field.VARY_ACCEPT);
        (html ? page.html() : page.text()).send(exchange, html ? HTML : TEXT, OpenApiResource.FOR_A_WHILE);
    }

    private static Page page(Problem problem) {
        ProblemExplanation explanation = ProblemExplanation.of(problem);
        String heading = problem.status() + " " + problem.title();
        String text = """
                # %s

                Type: %s

                ## When

                %s

                ## What to do

                %s
                """.formatted(heading, problem.type(), explanation.cause(), explanation.remedy());
        String html = """
                <!doctype html>
                <html lang="en">
                  <head>
                    <meta charset="utf-8">
                    <title>%s</title>
                  </head>
                  <body>
                    <h1>%s</h1>
                    <p><code>%s</code></p>
                    <h2>When</h2>
                    <p>%s</p>
                    <h2>What to do</h2>
                    <p>%s</p>
                    <p>All types are in <a href="/docs">the description of the API</a>.</p>
                  </body>
                </html>
                """.formatted(heading, heading, problem.type(), explanation.cause(), explanation.remedy());
        return new Page(content(html), content(text));
    }

    private static StaticContent content(String text) {
        return StaticContent.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private record Page(StaticContent html, StaticContent text) {}

    /** Made when somebody asks for one first. */
    private static final class Pages {

        static final Map<String, Page> BY_NAME = new HashMap<>();

        static {
            for (Problem problem : Problem.values()) {
                BY_NAME.put(problem.type().substring(TEMPLATE.indexOf('{')), page(problem));
            }
        }
    }
}
