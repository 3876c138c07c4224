package customerservice.api.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.api.Reply;
import customerservice.api.RunningApi;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Pages whose neighbours have gone. The lists have the names a to e, in this order. */
class PagingTest {

    private static final List<String> NAMES = List.of("a", "b", "c", "d", "e");
    private static final String CUSTOMERS = "/v1/customers?sort=name&limit=2";
    private static final String ACCOUNTS = "/v1/service-accounts?limit=2";

    @AutoClose
    private final RunningApi api = new RunningApi();

    private final List<String> customers = new ArrayList<>();
    private final List<String> accounts = new ArrayList<>();

    PagingTest() {
        for (String name : NAMES) {
            customers.add("/v1/customers/" + api.create(name, name + "@example.com"));
            accounts.add(api.send(
                    "POST", "/v1/service-accounts", "{\"name\":\"" + name + "\",\"scopes\":[\"customers:read\"]}")
                    .field("Location").orElseThrow());
        }
    }

    private Map<String, Object> page(String list, String seek, Object cursor) {
        Reply reply = api.call("GET", list + "&" + seek + "=" + cursor);
        assertEquals(200, reply.status(), reply.text());
        return reply.json();
    }

    @SuppressWarnings("unchecked")
    private static List<Object> names(Map<String, Object> page) {
        return ((List<Map<String, Object>>) page.get("items")).stream().map(item -> item.get("name")).toList();
    }

    private void remove(List<String> items, int from, int to) {
        for (String item : items.subList(from, to)) {
            assertEquals(204, api.call("DELETE", item).status());
        }
    }

    @Test
    void pageBeforeACursorWhoseEarlierRowsAreGoneLeadsToTheFirstRow() {
        for (String list : List.of(CUSTOMERS, ACCOUNTS)) {
            List<String> items = list.equals(CUSTOMERS) ? customers : accounts;
            Object third = page(list, "after", api.call("GET", list).json().get("next")).get("prev");
            remove(items, 0, 2);

            Map<String, Object> empty = page(list, "before", third);

            assertEquals(List.of(), names(empty), list);
            assertNull(empty.get("prev"));
            Map<String, Object> first = page(list, "after", empty.get("next"));
            assertEquals(List.of("c", "d"), names(first), list);
            assertNull(first.get("prev"));
            assertNotNull(first.get("next"));
        }
    }

    @Test
    void pageAfterACursorWhoseLaterRowsAreGoneLeadsToTheLastRow() {
        for (String list : List.of(CUSTOMERS, ACCOUNTS)) {
            List<String> items = list.equals(CUSTOMERS) ? customers : accounts;
            Object second = api.call("GET", list).json().get("next");
            remove(items, 2, 5);

            Map<String, Object> empty = page(list, "after", second);

            assertEquals(List.of(), names(empty), list);
            assertNull(empty.get("next"));
            Map<String, Object> last = page(list, "before", empty.get("prev"));
            assertEquals(List.of("a", "b"), names(last), list);
            assertNull(last.get("next"));
            assertNull(last.get("prev"));
        }
    }

    @Test
    void firstPageHasNoPreviousOneHoweverItWasReached() {
        for (String list : List.of(CUSTOMERS, ACCOUNTS)) {
            List<String> items = list.equals(CUSTOMERS) ? customers : accounts;
            Object second = api.call("GET", list).json().get("next");
            assertNotNull(page(list, "after", second).get("prev"), list);
            remove(items, 0, 2);

            Map<String, Object> first = page(list, "after", second);

            assertEquals(List.of("c", "d"), names(first), list);
            assertNull(first.get("prev"), list);
        }
    }

    @Test
    void lastPageHasNoNextOneHoweverItWasReached() {
        for (String list : List.of(CUSTOMERS, ACCOUNTS)) {
            List<String> items = list.equals(CUSTOMERS) ? customers : accounts;
            Map<String, Object> second = page(list, "after", api.call("GET", list).json().get("next"));
            remove(items, 2, 5);

            Map<String, Object> last = page(list, "before", second.get("prev"));

            assertEquals(List.of("a", "b"), names(last), list);
            assertNull(last.get("next"), list);
        }
    }

    @Test
    void linkOfAnEmptyPageLeadsOnToo() {
        Object third = page(CUSTOMERS, "after", api.call("GET", CUSTOMERS).json().get("next")).get("prev");
        remove(customers, 0, 2);

        Reply empty = api.call("GET", CUSTOMERS + "&before=" + third);

        String link = empty.field("Link").orElseThrow();
        assertTrue(link.endsWith(">; rel=\"next\""), link);
        assertEquals(List.of("c", "d"), names(api.call("GET", link.substring(1, link.indexOf('>'))).json()));
    }

    @Test
    void emptyListLeadsNowhere() {
        Object cursor = api.call("GET", CUSTOMERS).json().get("next");
        remove(customers, 0, 5);

        for (String seek : List.of("after", "before")) {
            Map<String, Object> page = page(CUSTOMERS, seek, cursor);

            assertNull(page.get("next"), seek);
            assertNull(page.get("prev"), seek);
        }
    }

    @Test
    void everyListSaysSoWhenItIsSoughtFromItsEnds() {
        for (String list : List.of(
                "/v1/customers?limit=1",
                customers.get(2) + "/history?limit=1",
                "/v1/users?limit=1",
                "/v1/service-accounts?limit=1",
                "/v1/audit?limit=1")) {
            assertEquals(api.call("GET", list).text(), api.call("GET", list + "&after=" + Cursors.START).text(), list);
            assertNull(page(list, "before", Cursors.END).get("next"), list);
            for (String wrong : List.of("before=" + Cursors.START, "after=" + Cursors.END)) {
                assertEquals(400, api.call("GET", list + "&" + wrong).status(), list + wrong);
            }
        }
    }
}
