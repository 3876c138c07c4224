package customerservice.api.customers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import customerservice.api.Reply;
import customerservice.api.RunningApi;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class HistoryTest {

    @AutoClose
    private final RunningApi api = new RunningApi();

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> items(Reply reply) {
        assertEquals(200, reply.status(), reply.text());
        return (List<Map<String, Object>>) reply.json().get("items");
    }

    @Test
    void newestChangeComesFirst() {
        String id = api.create("Ada", "ada@example.com");
        api.send("PATCH", "/v1/customers/" + id, "{\"name\":\"Ada King\"}", "X-Request-Id: r-2");

        Map<String, Object> change = items(api.call("GET", "/v1/customers/" + id + "/history")).getFirst();

        assertEquals("customer.update", change.get("action"));
        assertEquals(2, change.get("version"));
        assertEquals("r-2", change.get("request_id"));
        assertEquals(List.of("name"), change.get("fields"));
        assertEquals(List.of(Map.of("field", "name", "from", "Ada", "to", "Ada King")), change.get("changes"));
    }

    @Test
    void pagesFollowOneAnother() {
        String id = api.create("Ada", "ada@example.com");
        for (int i = 0; i < 4; i++) {
            api.send("PATCH", "/v1/customers/" + id, "{\"name\":\"A" + i + "\"}");
        }
        String path = "/v1/customers/" + id + "/history?limit=2";

        Reply first = api.call("GET", path);
        Reply second = api.call("GET", path + "&after=" + first.json().get("next"));
        Reply back = api.call("GET", path + "&before=" + second.json().get("prev"));

        assertEquals(List.of(5, 4), items(first).stream().map(item -> item.get("version")).toList());
        assertEquals(List.of(3, 2), items(second).stream().map(item -> item.get("version")).toList());
        assertEquals(items(first), items(back));
    }

    @Test
    void erasedCustomerKeepsItsHistoryWithoutValues() {
        String id = api.create("Ada", "ada@example.com");
        api.call("DELETE", "/v1/customers/" + id);

        List<Map<String, Object>> items = items(api.call("GET", "/v1/customers/" + id + "/history"));

        assertEquals("customer.erase", items.getFirst().get("action"));
        assertEquals(List.of(), items.getLast().get("changes"));
        assertEquals(List.of("name", "email", "status"), items.getLast().get("fields"));
    }

    @Test
    void unknownCustomerHasNone() {
        assertEquals(
                404, api.call("GET", "/v1/customers/0192f0c1-7c5e-7d42-9d3c-2f9f3a1b5c6d/history").status());
    }

    @Test
    void cursorOfAListIsRefused() {
        String id = api.create("Ada", "ada@example.com");
        api.create("Bob", "bob@example.com");
        Object cursor = api.call("GET", "/v1/customers?limit=1").json().get("next");

        assertEquals(400, api.call("GET", "/v1/customers/" + id + "/history?after=" + cursor).status());
    }
}
