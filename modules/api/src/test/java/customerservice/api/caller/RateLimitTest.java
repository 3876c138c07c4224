package customerservice.api.caller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.api.EdgeSettings;
import customerservice.api.Reply;
import customerservice.api.RunningApi;
import customerservice.api.http.Access;
import customerservice.api.http.RateClass;
import customerservice.api.http.Route;
import customerservice.api.http.message.HttpMethod;
import customerservice.domain.identity.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** How much one caller gets. */
class RateLimitTest {

    private static final String SIGN_IN = "{\"username\":\"nobody\",\"password\":\"wrong password\"}";

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5_000_000_000L);

    private RateLimit perSecond(int rate) {
        return new RateLimit("test", rate, nanos::get);
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private static int taken(RateLimit limit, String caller, int times) {
        int taken = 0;
        for (int i = 0; i < times; i++) {
            taken += limit.take(caller) >= 0 ? 1 : 0;
        }
        return taken;
    }

    @Test
    void tenSecondsWorthMayComeAtOnceAndNoMore() {
        assertEquals(50, taken(perSecond(5), "a", 60));
    }

    @Test
    void budgetIsRefilledAsTimePasses() {
        RateLimit limit = perSecond(5);
        taken(limit, "a", 60);

        pass(Duration.ofSeconds(2));
        assertEquals(10, taken(limit, "a", 60));
        pass(Duration.ofMinutes(5));
        assertEquals(50, taken(limit, "a", 60));
    }

    @Test
    void refusalTellsWhenThereIsMore() {
        RateLimit limit = perSecond(1);
        taken(limit, "a", 10);

        assertEquals(1, RateLimit.secondsToWait(limit.take("a")));
        pass(Duration.ofSeconds(1));
        assertTrue(limit.take("a") >= 0);
    }

    @Test
    void callersDoNotShareABudget() {
        RateLimit limit = perSecond(1);

        assertEquals(10, taken(limit, "a", 20));
        assertEquals(10, taken(limit, "b", 20));
    }

    @Test
    void refusedRequestsCostNothing() {
        RateLimit limit = perSecond(1);
        taken(limit, "a", 1_000);

        pass(Duration.ofSeconds(1));
        assertEquals(1, taken(limit, "a", 5));
    }

    @Test
    void threadsTogetherGetWhatOneWould() throws InterruptedException {
        RateLimit limit = perSecond(100);
        var taken = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            threads.add(Thread.startVirtualThread(() -> taken.addAndGet(taken(limit, "a", 500))));
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertEquals(1_000, taken.get());
    }

    @Test
    void memoryIsBoundedHoweverManyCallersCome() {
        RateLimit limit = perSecond(5);
        for (int i = 0; i < 100_000; i++) {
            limit.take("caller-" + i);
        }

        assertTrue(limit.callers() <= RateLimit.MAX_CALLERS, () -> limit.callers() + " are kept");
    }

    @Test
    void callersWhoseBudgetIsFullAreForgotten() {
        RateLimit limit = perSecond(5);
        taken(limit, "a", 60);

        pass(Duration.ofSeconds(RateLimit.WINDOW_SECONDS + 1));
        assertEquals(0, limit.callers());
    }

    /** So slow that nothing is refilled while the test runs, but for one request in a second. */
    private static RunningApi slow(String... proxies) {
        EdgeSettings usual = RunningApi.behind(proxies);
        return new RunningApi(
                RunningApi.settings()
                        .withEdge(new EdgeSettings(usual.trustedProxies(), false, List.of(), 1, 1)));
    }

    private static Reply untilRefused(java.util.function.Supplier<Reply> call) {
        Reply reply = call.get();
        // More than the budget of ten, for a slow machine refills it meanwhile.
        for (int i = 0; i < 1_000 && reply.status() != 429; i++) {
            reply = call.get();
        }
        return reply;
    }

    @Test
    void answersTellWhatIsLeft() {
        try (var api = slow()) {
            Reply reply = api.call("GET", "/v1/customers");

            assertEquals(Optional.of("\"default\";q=10;w=10"), reply.field("RateLimit-Policy"));
            assertEquals(Optional.of("\"default\";r=9;t=1"), reply.field("RateLimit"));
        }
    }

    @Test
    void principalWhoHasSpentAllIsRefusedAndNobodyElse() {
        try (var api = slow()) {
            String first = "Authorization: Bearer " + api.token(Role.ADMIN);
            String second = "Authorization: Bearer " + api.token(Role.ADMIN);

            Reply refused = untilRefused(() -> api.call("GET", "/v1/customers", first));

            assertEquals(429, refused.status());
            assertEquals("/problems/too-many-requests", refused.problem());
            assertEquals(Optional.of("1"), refused.field("Retry-After"));
            assertEquals(Optional.of("\"default\";q=10;w=10"), refused.field("RateLimit-Policy"));
            assertEquals(Optional.of("\"default\";r=0;t=1"), refused.field("RateLimit"));
            assertEquals(200, api.call("GET", "/v1/customers", second).status());
        }
    }

    @Test
    void requestsWithoutTheScopeCountToo() {
        try (var api = slow()) {
            String viewer = "Authorization: Bearer " + api.token(Role.VIEWER);

            assertEquals(
                    429,
                    untilRefused(() -> api.call("DELETE", "/v1/customers/0192f0c1-7c5e-7d42-9d3c-2f9f3a1b5c6d", viewer))
                            .status());
        }
    }

    @Test
    void signInsOfOneAddressAreRefusedAndOthersAreNot() {
        try (var api = slow("127.0.0.1")) {
            Reply refused = untilRefused(
                    () -> api.send("POST", "/v1/auth/login", "{}", "X-Forwarded-For: 192.0.2.7"));
            Reply other = api.send("POST", "/v1/auth/login", "{}", "X-Forwarded-For: 192.0.2.8");

            assertEquals(429, refused.status());
            assertEquals(Optional.of("\"expensive\";q=10;w=10"), refused.field("RateLimit-Policy"));
            assertEquals(422, other.status());
        }
    }

    @Test
    void whateverTakesABodyFromAnybodyIsExpensive() {
        List<Route> open = RunningApi.routes()
                .stream()
                .filter(route -> route.access() instanceof Access.Public && route.method() == HttpMethod.POST)
                .toList();

        assertEquals(
                Set.of("/v1/auth/login", "/oauth/token", "/oauth/revoke", "/oauth/introspect"),
                open.stream().map(Route::template).collect(Collectors.toSet()));
        assertEquals(Set.of(RateClass.EXPENSIVE), open.stream().map(Route::rate).collect(Collectors.toSet()));
    }

    @Test
    void whoIsNotBehindAProxyCannotGetMoreByClaimingToBe() {
        try (var api = slow()) {
            var claims = new AtomicInteger();

            assertEquals(
                    429,
                    untilRefused(
                            () -> api.send(
                                    "POST",
                                    "/v1/auth/login",
                                    SIGN_IN,
                                    "X-Forwarded-For: 192.0.2." + claims.incrementAndGet() % 256))
                            .status());
        }
    }

    @Test
    void healthDocsAndKeysAreNotLimited() {
        try (var api = slow()) {
            for (String path : List.of("/health/live", "/docs", "/docs/docs.js", "/openapi.yaml",
                    "/.well-known/jwks.json")) {
                for (int i = 0; i < 15; i++) {
                    Reply reply = api.call("GET", path);
                    assertEquals(200, reply.status());
                    assertEquals(Optional.empty(), reply.field("RateLimit"));
                }
            }
        }
    }
}
