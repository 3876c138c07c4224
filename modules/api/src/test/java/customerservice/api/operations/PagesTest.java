package customerservice.api.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.api.Reply;
import customerservice.api.RunningApi;
import customerservice.api.http.message.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What a person with a browser finds, without a token. */
class PagesTest {

    private static final String BROWSER = "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

    private static RunningApi api;

    @BeforeAll
    static void start() {
        api = new RunningApi();
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    private static Reply get(String path, String... fields) {
        String[] all = java.util.Arrays.copyOf(fields, fields.length + 1);
        all[fields.length] = "Authorization: ";
        return api.call("GET", path, all);
    }

    @ParameterizedTest
    @EnumSource
    void everyTypeOfProblemHasAPage(Problem problem) {
        Reply page = get(problem.type(), BROWSER);

        assertEquals(200, page.status());
        assertEquals(Optional.of("text/html; charset=utf-8"), page.field("Content-Type"));
        assertTrue(page.text().contains("<h1>" + problem.status() + " " + problem.title() + "</h1>"), page.text());
        assertTrue(page.text().contains(problem.type()));
        assertEquals(
                Optional.of("default-src 'none'; frame-ancestors 'none'"), page.field("Content-Security-Policy"));
        ProblemExplanation explanation = ProblemExplanation.of(problem);
        assertFalse((explanation.cause() + explanation.remedy()).matches("(?s).*[<>&\"].*"));
    }

    @Test
    void typeOfAnAnswerLeadsToItsPage() {
        Reply refused = get("/v1/customers");

        assertTrue(get(refused.problem()).text().startsWith("# 401 "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Accept: */*", "Accept: text/plain", "Accept: application/json",
        "Accept: application/problem+json"})
    void whoeverIsNoBrowserGetsThePageAsText(String accept) {
        Reply page = get("/problems/validation", accept);

        assertEquals(200, page.status());
        assertEquals(Optional.of("text/plain; charset=utf-8"), page.field("Content-Type"));
        assertTrue(page.text().startsWith("# 422 The body breaks rules\n"), page.text());
        assertEquals(Optional.of("Accept"), page.field("Vary"));
    }

    @Test
    void typeThatIsNoneHasNoPage() {
        assertEquals(404, get("/problems/nothing").status());
        assertEquals(404, get("/problems/").status());
        assertEquals(404, get("/problems").status());
    }

    @Test
    void rootLeadsToTheDocs() {
        Reply reply = get("/", BROWSER);

        assertEquals(302, reply.status());
        assertEquals(Optional.of("/docs"), reply.field("Location"));
        assertEquals(Optional.of("0"), reply.field("Content-Length"));
        assertEquals(200, get("/docs", BROWSER).status());
    }

    @Test
    void slashBehindTheDocsDoesNotMatter() {
        assertEquals(get("/docs", BROWSER).text(), get("/docs/", BROWSER).text());
        assertEquals(
                get("/docs").field("Content-Security-Policy"), get("/docs/").field("Content-Security-Policy"));
    }

    @ParameterizedTest
    @CsvSource({"*/*,application/yaml", "application/yaml,application/yaml", "text/yaml,text/yaml",
        "application/x-yaml,application/x-yaml", "application/vnd.oai.openapi,application/vnd.oai.openapi",
        "'application/vnd.oai.openapi;version=3.1',application/vnd.oai.openapi", "application/json,application/json",
        "application/vnd.oai.openapi+json,application/vnd.oai.openapi+json",
        "'text/html, application/json;q=0.5, */*;q=0.1',application/json", "text/*,text/yaml", "'',application/yaml"})
    void descriptionIsGivenInTheFormThatTheClientLikesBest(String accept, String type) {
        Reply reply = accept.isEmpty() ? get("/openapi.yaml") : get("/openapi.yaml", "Accept: " + accept);

        assertEquals(200, reply.status());
        assertEquals(Optional.of(type), reply.field("Content-Type"));
        assertTrue(reply.field("Vary").orElse("").contains("Accept"), reply.head());
        assertEquals(type.endsWith("json"), reply.text().startsWith("{"));
    }

    @Test
    void descriptionIsNotGivenInAnyOtherForm() {
        assertEquals(406, get("/openapi.yaml", "Accept: text/html").status());
        assertEquals(406, get("/openapi.json", "Accept: application/yaml").status());
    }

    @Test
    void descriptionSaysTheSameAsYamlAndAsJson() {
        Object yaml = load(get("/openapi.yaml"));
        Reply json = get("/openapi.json");

        assertEquals(Optional.of("application/json"), json.field("Content-Type"));
        assertEquals(yaml, load(json));
        assertEquals(json.text(), get("/openapi.yaml", "Accept: application/json").text());
        assertTrue(yaml instanceof Map<?, ?> map && map.containsKey("paths"));
    }

    private static Object load(Reply reply) {
        return new Load(LoadSettings.builder().setCodePointLimit(10_000_000).build()).loadFromString(reply.text());
    }

    /** RFC 9110, sections 9.1 and 9.3.2, and 10.2.1. */
    @Test
    void headAndOptionsAreThereWhereverGetIs() {
        for (String path : List.of(
                "/", "/docs", "/docs/", "/docs/docs.js", "/openapi.yaml", "/openapi.json", "/problems/internal",
                "/health/live", "/health/ready", "/.well-known/jwks.json", "/.well-known/oauth-authorization-server")) {
            Reply get = get(path);
            Reply head = api.call("HEAD", path, "Authorization: ");
            Reply options = api.call("OPTIONS", path, "Authorization: ");
            Reply delete = api.call("DELETE", path, "Authorization: ");

            assertEquals(get.status(), head.status(), path);
            assertEquals(get.field("Content-Length"), head.field("Content-Length"), path);
            assertEquals(get.field("Content-Type"), head.field("Content-Type"), path);
            assertEquals(204, options.status(), path);
            assertEquals(Optional.of("GET, HEAD, OPTIONS"), options.field("Allow"), path);
            assertEquals(405, delete.status(), path);
            assertEquals(Optional.of("GET, HEAD, OPTIONS"), delete.field("Allow"), path);
        }
    }
}
