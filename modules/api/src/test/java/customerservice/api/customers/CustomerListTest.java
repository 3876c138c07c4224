package customerservice.api.customers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.api.Reply;
import customerservice.api.RunningApi;
import customerservice.api.http.Gzip;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lists over HTTP: order, filters, cursors, links, compression. */
class CustomerListTest {

    @AutoClose
    private final RunningApi api = new RunningApi();

    @BeforeEach
    void fill() {
        for (String name : List.of("Eve", "Ada", "Dan", "Bob", "Cid")) {
            api.create(name, name.toLowerCase(java.util.Locale.ROOT) + "@example.com");
        }
    }

    @SuppressWarnings("unchecked")
    private static List<String> names(Reply reply) {
        assertEquals(200, reply.status(), reply.text());
        return ((List<Map<String, Object>>) reply.json().get("items")).stream()
                .map(item -> (String) item.get("name"))
                .toList();
    }

    private static String target(Reply reply, String relation) {
        for (String link : reply.field("Link").orElse("").split(", ", -1)) {
            if (link.endsWith("rel=\"" + relation + "\"")) {
                return link.substring(1, link.indexOf('>'));
            }
        }
        return "";
    }

    @Test
    void newestComesFirst() {
        List<String> names = new ArrayList<>(names(api.call("GET", "/v1/customers?sort=created_at")));
        Collections.reverse(names);

        assertEquals(names, names(api.call("GET", "/v1/customers")));
    }

    @Test
    void namesCanBeTheOrder() {
        assertEquals(
                List.of("Ada", "Bob", "Cid", "Dan", "Eve"), names(api.call("GET", "/v1/customers?sort=name")));
        assertEquals(
                List.of("Eve", "Dan", "Cid", "Bob", "Ada"), names(api.call("GET", "/v1/customers?sort=-name")));
    }

    @Test
    void pagesFollowOneAnotherInEveryOrder() {
        for (String sort : List.of("created_at", "-created_at", "name", "-name")) {
            List<String> all = names(api.call("GET", "/v1/customers?sort=" + sort));

            Reply first = api.call("GET", "/v1/customers?limit=2&sort=" + sort);
            Reply second = api.call(
                    "GET", "/v1/customers?limit=2&sort=" + sort + "&after=" + first.json().get("next"));
            Reply third = api.call(
                    "GET", "/v1/customers?limit=2&sort=" + sort + "&after=" + second.json().get("next"));
            Reply back = api.call(
                    "GET", "/v1/customers?limit=2&sort=" + sort + "&before=" + third.json().get("prev"));

            assertEquals(all.subList(0, 2), names(first), sort);
            assertEquals(all.subList(2, 4), names(second), sort);
            assertEquals(all.subList(4, 5), names(third), sort);
            assertEquals(names(second), names(back), sort);
        }
    }

    @Test
    void firstAndLastPageSaySo() {
        Reply whole = api.call("GET", "/v1/customers");

        assertEquals(null, whole.json().get("next"));
        assertEquals(null, whole.json().get("prev"));
        assertEquals(Optional.empty(), whole.field("Link"));
    }

    @Test
    void linksLeadOn() {
        Reply first = api.call("GET", "/v1/customers?sort=name&limit=2");
        Reply second = api.call("GET", target(first, "next"));

        assertEquals(List.of("Cid", "Dan"), names(second));
        assertEquals(List.of("Ada", "Bob"), names(api.call("GET", target(second, "prev"))));
        assertEquals("", target(first, "prev"));
    }

    @Test
    void linksKeepTheFilters() {
        Reply reply = api.call("GET",
                "/v1/customers?limit=2&status=active&created_from=2020-01-01T00%3A00%3A00%2B00:00");

        assertTrue(
                target(reply, "next").startsWith(
                        "/v1/customers?limit=2&status=active&created_from=2020-01-01T00%3A00%3A00%2B00%3A00&after="));
    }

    @Test
    void cursorOfAnotherOrderIsRefused() {
        Reply first = api.call("GET", "/v1/customers?sort=name&limit=2");

        Reply reply = api.call("GET", "/v1/customers?sort=-name&after=" + first.json().get("next"));

        assertEquals(400, reply.status());
        assertEquals(List.of("after"), reply.pointers());
        assertTrue(reply.text().contains("invalid_cursor"));
    }

    @Test
    void emailIsFoundWithoutRegardToCase() {
        assertEquals(List.of("Ada"), names(api.call("GET", "/v1/customers?email=ADA%40example.com")));
    }

    @Test
    void emailIsLookedForAsItIsStored() {
        assertEquals(List.of("Ada"), names(api.call("GET", "/v1/customers?email=%C2%A0ada%40example.com%20")));
        assertEquals(List.of("email"), api.call("GET", "/v1/customers?email=ada%40127.0.0.1").pointers());
    }

    @Test
    void statusAndTimesFilter() {
        assertEquals(List.of(), names(api.call("GET", "/v1/customers?status=closed")));
        assertEquals(5, names(api.call("GET", "/v1/customers?created_from=2020-01-01T00:00:00Z")).size());
        assertEquals(0, names(api.call("GET", "/v1/customers?created_to=2020-01-01T00:00:00Z")).size());
    }

    @Test
    void largeListIsGzippedForThoseWhoTakeIt() {
        Reply plain = api.call("GET", "/v1/customers?sort=name");
        Reply gzipped = api.call("GET", "/v1/customers?sort=name", "Accept-Encoding: br, gzip;q=0.5");

        assertEquals(Optional.empty(), plain.field("Content-Encoding"));
        assertEquals(Optional.of("gzip"), gzipped.field("Content-Encoding"));
        assertEquals(Optional.of("Accept-Encoding"), plain.field("Vary"));
        assertEquals(plain.text(), new String(Gzip.decompress(gzipped.body()), StandardCharsets.UTF_8));
    }

    @Test
    void smallListIsNotGzipped() {
        Reply reply = api.call("GET", "/v1/customers?limit=1", "Accept-Encoding: gzip");

        assertEquals(Optional.empty(), reply.field("Content-Encoding"));
        assertEquals(Optional.of("Accept-Encoding"), reply.field("Vary"));
    }

    @Test
    void refusedGzipIsNotSent() {
        Reply reply = api.call("GET", "/v1/customers", "Accept-Encoding: gzip;q=0, *");

        assertFalse(reply.field("Content-Encoding").isPresent());
    }

    @Test
    void twoHundredCustomersFitOnePage() {
        for (int i = 0; i < 200; i++) {
            api.create("N" + i, "n" + i + "@example.com");
        }

        assertEquals(200, names(api.call("GET", "/v1/customers?limit=200")).size());
    }
}
