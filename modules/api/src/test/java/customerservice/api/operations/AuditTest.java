package customerservice.api.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.api.Reply;
import customerservice.api.RunningApi;
import customerservice.domain.Caller;
import customerservice.domain.audit.AuditEntry;
import customerservice.domain.identity.Role;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The audit trail over HTTP. */
class AuditTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    @AutoClose
    private final RunningApi api = new RunningApi();

    /** One line a second, each with a subject of one letter. */
    private void append(String subjects) {
        for (int i = 0; i < subjects.length(); i++) {
            append("ada", "user.update", subjects.substring(i, i + 1), NOON.plusSeconds(i));
        }
    }

    private void append(String actor, String action, String subject, Instant at) {
        api.audit.append(
                new AuditEntry(at, action, subject, 0, List.of("role"), new Caller(actor, "r-1", "192.0.2.7")));
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> items(Reply reply) {
        assertEquals(200, reply.status(), reply.text());
        return (List<Map<String, Object>>) reply.json().get("items");
    }

    private static String subjects(Reply reply) {
        return String.join("", items(reply).stream().map(item -> (String) item.get("subject")).toList());
    }

    private String found(String query) {
        return subjects(api.call("GET", "/v1/audit?" + query));
    }

    @Test
    void lineSaysWhoDidWhatWhenAndFromWhere() {
        api.audit.append(new AuditEntry(
                NOON, "customer.update", "c-1", 7, List.of("name", "email"), new Caller("u-1", "r-1", "192.0.2.7")));
        assertEquals(
                "{\"items\":[{\"id\":1,\"at\":\"2026-11-22T12:00:00.000Z\",\"action\":\"customer.update\","
                        + "\"subject\":\"c-1\",\"version\":7,\"fields\":[\"name\",\"email\"],\"actor\":\"u-1\","
                        + "\"request_id\":\"r-1\",\"source_address\":\"192.0.2.7\"}],\"next\":null,\"prev\":null}",
                api.call("GET", "/v1/audit").text());
    }

    @Test
    void versionIsNullWhereThereIsNone() {
        append("a");
        Map<String, Object> item = items(api.call("GET", "/v1/audit")).getFirst();
        assertTrue(item.containsKey("version"));
        assertEquals(null, item.get("version"));
    }

    @Test
    void pagesFollowOneAnotherNewestFirst() {
        append("abcde");
        Reply first = api.call("GET", "/v1/audit?limit=2");
        Reply second = api.call("GET", "/v1/audit?limit=2&after=" + first.json().get("next"));
        Reply third = api.call("GET", "/v1/audit?limit=2&after=" + second.json().get("next"));
        Reply back = api.call("GET", "/v1/audit?limit=2&before=" + second.json().get("prev"));
        assertEquals(
                List.of("ed", "cb", "a", "ed"),
                List.of(subjects(first), subjects(second), subjects(third), subjects(back)));
        assertEquals(null, third.json().get("next"));
    }

    @Test
    void linkKeepsTheFilters() {
        append("abc");
        String link = api.call("GET", "/v1/audit?actor=ada&limit=1").field("Link").orElseThrow();
        assertTrue(link.startsWith("</v1/audit?actor=ada&limit=1&after="), link);
        assertTrue(link.endsWith(">; rel=\"next\""), link);
    }

    @Test
    void filtersAreApplied() {
        append("abc");
        append("bob", "user.remove", "x", NOON);
        assertEquals("cba", found("actor=ada"));
        assertEquals("x", found("action=user.remove"));
        assertEquals("b", found("subject=b"));
        assertEquals("cb", found("from=2026-11-22T12:00:01Z"));
        assertEquals("xa", found("to=2026-11-22T12:00:01Z"));
        assertEquals("x", found("actor=bob&action=user.remove&subject=x&from=2026-11-22T12:00:00Z"));
        assertEquals("", found("actor=nobody"));
    }

    @Test
    void everythingThatIsWrongIsSaidAtOnce() {
        Reply reply = api.call(
                "GET", "/v1/audit?actor=&action=a%00&subject=%C3%A9&from=yesterday&to=now&limit=0&after=x&page=2");
        assertEquals(400, reply.status());
        assertEquals("/problems/invalid-parameter", reply.problem());
        assertEquals(
                List.of("action", "actor", "after", "from", "limit", "page", "subject", "to"),
                reply.pointers().stream().sorted().toList());
    }

    @Test
    void cursorOfAnotherListIsRefused() {
        String id = api.create("Ada", "ada@example.com");
        api.create("Bob", "bob@example.com");
        api.send("PATCH", "/v1/customers/" + id, "{\"name\":\"A\"}");
        for (String list : List.of("/v1/customers", "/v1/customers?sort=name", "/v1/customers/" + id + "/history")) {
            Object cursor = api.call("GET", list + (list.contains("?") ? "&" : "?") + "limit=1").json().get("next");
            assertEquals(400, api.call("GET", "/v1/audit?after=" + cursor).status(), list);
        }
    }

    @Test
    void itsCursorIsRefusedByOtherLists() {
        append("ab");
        Object cursor = api.call("GET", "/v1/audit?limit=1").json().get("next");
        assertEquals(400, api.call("GET", "/v1/customers?after=" + cursor).status());
        assertEquals(400, api.call("GET", "/v1/users?after=" + cursor).status());
    }

    @Test
    void onlyWhoMayReadItDoes() {
        List<Integer> statuses = Role.KNOWN.stream()
                .map(role -> api.call("GET", "/v1/audit", "Authorization: Bearer " + api.token(role)).status())
                .toList();
        assertEquals(List.of(200, 403, 403), statuses);
        assertEquals(401, api.call("GET", "/v1/audit", "Authorization: ").status());
    }

    @Test
    void lookingLeavesNoLine() {
        append("a");
        api.call("GET", "/v1/audit");
        assertEquals("a", found("limit=20"));
    }
}
