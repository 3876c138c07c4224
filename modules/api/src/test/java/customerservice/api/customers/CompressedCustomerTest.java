package customerservice.api.customers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import customerservice.api.Reply;
import customerservice.api.RunningApi;
import customerservice.api.http.Gzip;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** One customer, gzipped (RFC 9110, sections 8.4.1.3, 8.8.3.3 and 12.5.5). */
class CompressedCustomerTest {

    private static final String GZIP = "Accept-Encoding: gzip";
    private static final String NAME = "{\"name\":\"Grace\"}";

    @AutoClose
    private final RunningApi api = new RunningApi();

    private final String path = "/v1/customers/" + api.create(
            "Ada", "ada@example.com", "{\"a\":\"" + "x".repeat(500) + "\",\"b\":\"" + "y".repeat(500) + "\"}");

    @Test
    void largeCustomerIsGzippedForThoseWhoTakeIt() {
        Reply plain = api.call("GET", path);
        Reply gzipped = api.call("GET", path, GZIP);

        assertFalse(plain.field("Content-Encoding").isPresent());
        assertEquals(Optional.of("gzip"), gzipped.field("Content-Encoding"));
        assertEquals(plain.text(), new String(Gzip.decompress(gzipped.body()), StandardCharsets.UTF_8));
    }

    @Test
    void everyCustomerVariesByEncoding() {
        String small = "/v1/customers/" + api.create("Grace", "grace@example.com");

        assertEquals(Optional.of("Accept-Encoding"), api.call("GET", path).field("Vary"));
        assertEquals(Optional.of("Accept-Encoding"), api.call("GET", path, GZIP).field("Vary"));
        assertEquals(Optional.of("Accept-Encoding"), api.call("GET", small, GZIP).field("Vary"));
        assertFalse(api.call("GET", small, GZIP).field("Content-Encoding").isPresent());
    }

    @Test
    void gzippedCustomerHasAnEntityTagOfItsOwn() {
        assertEquals(Optional.of("\"1\""), api.call("GET", path).field("ETag"));
        assertEquals(Optional.of("\"1-gzip\""), api.call("GET", path, GZIP).field("ETag"));
    }

    @Test
    void notModifiedNamesTheTagThatTheClientHas() {
        for (String tag : new String[]{"\"1\"", "\"1-gzip\""}) {
            Reply reply = api.call("GET", path, GZIP, "If-None-Match: " + tag);
            assertEquals(304, reply.status());
            assertEquals(Optional.of(tag), reply.field("ETag"));
            assertEquals(Optional.of("Accept-Encoding"), reply.field("Vary"));
        }
    }

    @Test
    void headHasTheFieldsOfTheGzippedAnswer() {
        Reply get = api.call("GET", path, GZIP);
        Reply head = api.call("HEAD", path, GZIP);

        assertEquals(get.field("ETag"), head.field("ETag"));
        assertEquals(get.field("Content-Length"), head.field("Content-Length"));
    }

    @Test
    void tagOfTheGzippedCustomerIsGoodForAChange() {
        Reply reply = api.send("PATCH", path, NAME, "If-Match: \"1-gzip\"");

        assertEquals(200, reply.status());
        assertEquals(Optional.of("\"2\""), reply.field("ETag"));
    }

    @Test
    void tagOfAnOlderGzippedCustomerIsRefused() {
        api.send("PATCH", path, NAME);

        assertEquals(412, api.send("PATCH", path, "{\"name\":\"Joan\"}", "If-Match: \"1-gzip\"").status());
        assertEquals(200, api.call("GET", path, GZIP, "If-None-Match: \"1-gzip\"").status());
    }
}
