package customerservice.testbed;

import customerservice.testsupport.Await;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * One loss of the database under load, and all that was answered from before it until full service after it. A customer
 * that the service remembers is changed behind its back before it can listen again.
 *
 * @param lost when it had gone, as {@link System#nanoTime}, as the other times
 * @param returning when it was about to come back
 * @param changed when the change behind the service's back was acknowledged
 * @param back when it was there again
 */
record Outage(
        String name,
        List<Load.Exchange> requests,
        List<Load.Exchange> ready,
        List<Load.Exchange> deep,
        long lost,
        long returning,
        long changed,
        long back) {

    /** How the database goes and comes back. */
    interface Course {

        void lose();

        /** @param change to be run on the way, as soon as the server can be reached by those who know the direct way */
        void restore(Runnable change);
    }

    /** The call that asks for the customer that is changed; the service answers it from its cache if it may. */
    static final String READ = "read";

    static final String NAME_AFTER_CHANGE = "Behind its back";

    /** Several times what a request may wait for a connection, which is all that those at the beginning do. */
    private static final Duration LENGTH = Duration.ofSeconds(8);
    private static final int CLIENTS = 12;

    static Outage observe(String name, TestDatabase database, ServiceInstance service, ApiClient client,
            Course course) {
        try (var requests = new Load(CLIENTS, calls(client));
                var ready = new Load(1, List.of(health(service, "/health/ready")));
                var deep = new Load(1, List.of(health(service, "/health/deep")))) {
            Await.until("300 answers before the outage", () -> requests.exchanges().size() > 300);
            course.lose();
            long lost = System.nanoTime();
            LockSupport.parkNanos(LENGTH.toNanos());
            long returning = System.nanoTime();
            var changed = new AtomicLong();
            course.restore(() -> {
                database.execute(
                        "update customers set name = '" + NAME_AFTER_CHANGE + "' where email = 'read@example.com'");
                changed.set(System.nanoTime());
            });
            long back = System.nanoTime();
            Await.until("300 answers after the outage", () -> successes(requests, back) > 300);
            Await.until("a healthy service after the outage", () -> successes(deep, back) > 0);
            return new Outage(name, requests.stop(), ready.stop(), deep.stop(), lost, returning, changed.get(), back);
        }
    }

    private static List<Load.Call> calls(ApiClient client) {
        String read = create(client, "read@example.com");
        List<String> patched = IntStream.range(0, CLIENTS)
                .mapToObj(i -> create(client, "patched-" + i + "@example.com"))
                .toList();
        var number = new AtomicInteger();
        return List.of(
                new Load.Call(READ, i -> client.get(read)),
                new Load.Call("list", i -> client.get("/v1/customers?limit=2")),
                new Load.Call(
                        "patch",
                        i -> client.patch(patched.get(i), "{\"name\":\"" + number.incrementAndGet() + "\"}")),
                new Load.Call(
                        "post", i -> client.post("/v1/customers", body(number.incrementAndGet() + "@example.com"))));
    }

    private static String create(ApiClient client, String email) {
        Answer created = client.post("/v1/customers", body(email));
        if (created.status() != 201) {
            throw new IllegalStateException(created.toString());
        }
        return created.header("Location");
    }

    private static String body(String email) {
        return "{\"name\":\"Before\",\"email\":\"" + email + "\"}";
    }

    private static Load.Call health(ServiceInstance service, String path) {
        ApiClient balancer = ApiClient.anonymous(service.address());
        return new Load.Call(path, i -> balancer.get(path));
    }

    private static long successes(Load load, long since) {
        return load.exchanges().stream()
                .filter(exchange -> exchange.began() - since > 0 && exchange.isSuccess())
                .count();
    }

    /** What began this long after the loss or later, and was answered before the return. */
    List<Load.Exchange> whileAway(List<Load.Exchange> all, Duration after) {
        return all.stream()
                .filter(exchange -> exchange.began() - lost > after.toNanos() && exchange.ended() - returning < 0)
                .toList();
    }

    @Override
    public String toString() {
        return name;
    }
}
