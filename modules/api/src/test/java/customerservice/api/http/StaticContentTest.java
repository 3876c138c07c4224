package customerservice.api.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.api.Reply;
import customerservice.api.RunningApi;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files over HTTP: validators, parts and how long they are kept. */
class StaticContentTest {

    private static final String CSS = "/docs/swagger-ui.css";
    private static final String GZIP = "Accept-Encoding: gzip";
    private static final Optional<String> FOR_A_WHILE = Optional.of("public, max-age=300");

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
        String[] all = Arrays.copyOf(fields, fields.length + 1);
        all[fields.length] = "Authorization: ";
        return api.call("GET", path, all);
    }

    private static String tag(String path, String... fields) {
        return get(path, fields).field("ETag").orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/docs", "/docs/", CSS, "/docs/docs.js", "/docs/swagger-ui-bundle.js", "/openapi.yaml",
                "/openapi.json", "/.well-known/jwks.json", "/problems/not-found"})
    void whatTheClientHasIsNotSentAgain(String path) {
        Reply full = get(path);
        String tag = full.field("ETag").orElseThrow();
        assertTrue(tag.startsWith("\""), tag);
        for (String tags : List.of(tag, "W/" + tag, "\"x\", " + tag, "*")) {
            Reply reply = get(path, "If-None-Match: " + tags);

            assertEquals(304, reply.status(), tags);
            assertEquals(full.field("ETag"), reply.field("ETag"));
            assertEquals(full.field("Cache-Control"), reply.field("Cache-Control"));
            assertEquals(full.field("Vary"), reply.field("Vary"));
            assertEquals(0, reply.body().length);
        }
        assertEquals(200, get(path, "If-None-Match: \"x\"").status());
        assertEquals(412, get(path, "If-Match: \"x\"").status());
        assertEquals(Optional.of("no-store"), get(path, "If-Match: \"x\"").field("Cache-Control"));
        assertEquals(200, get(path, "If-Match: " + tag).status());
    }

    @Test
    void eachCodingHasATagOfItsOwn() {
        assertNotEquals(tag(CSS), tag(CSS, GZIP));
        assertEquals(304, get(CSS, GZIP, "If-None-Match: " + tag(CSS, GZIP)).status());
        assertEquals(tag(CSS), tag(CSS));
    }

    @ParameterizedTest
    @CsvSource({"bytes=0-9,0,10", "bytes=5-5,5,1", "BYTES=10-,10,-1", "bytes=-7,-7,7", "bytes=0-999999999999,0,-1",
        "bytes=-999999999999,0,-1", "'bytes= 3-4 ',3,2"})
    void aPartIsSent(String range, int from, int length) {
        byte[] all = get(CSS).body();
        int begin = from < 0 ? all.length + from : from;
        int end = length < 0 ? all.length : begin + length;

        Reply reply = get(CSS, "Range: " + range);

        assertEquals(206, reply.status());
        assertArrayEquals(Arrays.copyOfRange(all, begin, end), reply.body());
        assertEquals(
                Optional.of("bytes " + begin + "-" + (end - 1) + "/" + all.length), reply.field("Content-Range"));
        for (String name : List.of("ETag", "Cache-Control", "Vary", "Content-Type", "Accept-Ranges")) {
            assertEquals(get(CSS).field(name), reply.field(name), name);
        }
    }

    @Test
    void aPartOfWhatIsGzippedIsAPartOfItsBytes() {
        byte[] all = get(CSS, GZIP).body();

        Reply reply = get(CSS, GZIP, "Range: bytes=2-11");

        assertEquals(206, reply.status());
        assertEquals(Optional.of("gzip"), reply.field("Content-Encoding"));
        assertArrayEquals(Arrays.copyOfRange(all, 2, 12), reply.body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=99999999-", "bytes=-0", "bytes=99999999-100000000"})
    void partThatIsNotThereIsRefused(String range) {
        Reply reply = get(CSS, "Range: " + range);

        assertEquals(416, reply.status());
        assertEquals("/problems/range-not-satisfiable", reply.problem());
        assertEquals(Optional.of("bytes */" + get(CSS).body().length), reply.field("Content-Range"));
        assertEquals(Optional.of("no-store"), reply.field("Cache-Control"));
        assertEquals(Optional.empty(), reply.field("ETag"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"bytes=9-5", "bytes=a-b", "bytes=", "bytes=-", "bytes=1", "bytes=0-1,3-4", "lines=0-1", "0-1",
                "bytes=--1", "bytes=+1-2", ""})
    void rangeThatIsNotUnderstoodIsIgnored(String range) {
        Reply reply = get(CSS, "Range: " + range);

        assertEquals(200, reply.status());
        assertEquals(get(CSS).body().length, reply.body().length);
    }

    @Test
    void partIsSentOnlyToWhoHasTheOtherPartsOfTheSame() {
        String range = "Range: bytes=0-9";

        assertEquals(206, get(CSS, range, "If-Range: " + tag(CSS)).status());
        for (String other : List.of("\"x\"", "W/" + tag(CSS), tag(CSS, GZIP), "Sun, 06 Nov 1994 08:49:37 GMT")) {
            assertEquals(200, get(CSS, range, "If-Range: " + other).status(), other);
        }
        assertEquals(200, get(CSS, GZIP, range, "If-Range: " + tag(CSS)).status());
        assertEquals(304, get(CSS, range, "If-None-Match: " + tag(CSS)).status());
        assertEquals(412, get(CSS, range, "If-Match: \"x\"").status());
    }

    @Test
    void headIgnoresRange() {
        Reply reply = api.call("HEAD", CSS, "Range: bytes=0-9", "Authorization: ");

        assertEquals(200, reply.status());
        assertEquals(Optional.of("" + get(CSS).body().length), reply.field("Content-Length"));
        assertEquals(Optional.of("bytes"), reply.field("Accept-Ranges"));
    }

    @Test
    void filesOfThePageAreKeptForGoodByNamesThatHaveTheirVersion() {
        String page = get("/docs").text();
        Matcher names = Pattern.compile("\"(/docs/[^\"]+)\"").matcher(page);
        int files = 0;
        while (names.find()) {
            Reply reply = get(names.group(1));
            assertEquals(200, reply.status());
            assertEquals(Optional.of("public, max-age=31536000, immutable"), reply.field("Cache-Control"));
            assertTrue(names.group(1).matches("/docs/[a-z-]+\\.[0-9a-f]{16}\\.(js|css)"), names.group(1));
            files++;
        }
        assertEquals(3, files);
        assertEquals(FOR_A_WHILE, get("/docs").field("Cache-Control"));
    }

    @Test
    void fileOfAnotherVersionIsThisOneForAWhile() {
        Reply reply = get("/docs/swagger-ui.0123456789abcdef.css");

        assertEquals(get(CSS).text(), reply.text());
        assertEquals(FOR_A_WHILE, reply.field("Cache-Control"));
        assertEquals(FOR_A_WHILE, get(CSS).field("Cache-Control"));
        for (String none : List.of(
                "swagger-ui.0123456789abcde.css",
                "swagger-ui.0123456789abcdeg.css",
                "swagger-ui.0123456789abcdef.js",
                "swagger-ui.0123456789abcdef",
                "swagger-ui..css",
                "index.html",
                "openapi.yaml",
                ".0123456789abcdef.css")) {
            assertEquals(404, get("/docs/" + none).status(), none);
        }
    }
}
