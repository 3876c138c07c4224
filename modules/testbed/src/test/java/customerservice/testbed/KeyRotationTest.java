package customerservice.testbed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.auth.key.ActiveSigningKeys;
import customerservice.auth.key.KeyDescription;
import customerservice.auth.key.SigningAlgorithm;
import customerservice.auth.key.SigningKeys;
import customerservice.auth.key.StoredKeySet;
import customerservice.auth.token.AccessTokens;
import customerservice.auth.token.TokenSettings;
import customerservice.domain.identity.Role;
import customerservice.testsupport.Await;
import customerservice.testsupport.Stalls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three instances, each with a file of signing keys that changes when the test says so, while clients sign in and call. */
@Tag("slow")
final class KeyRotationTest {

    private static final int INSTANCES = 3;
    private static final int CLIENTS = 3;
    private static final String CUSTOMERS = "/v1/customers?limit=1";

    /** A file is in force one second after its change, or later on a busy machine. */
    private static final Duration BOUND = Duration.ofSeconds(2);

    /** So many calls are answered between two steps. */
    private static final int CALLS = 30;

    @TempDir
    private Path folder;

    private final TestDatabase database = Testbed.shared().newDatabase();
    private final List<ServiceInstance> instances = new ArrayList<>();
    private StoredKeySet keys = StoredKeySet.generate(SigningAlgorithm.ES256, Clock.systemUTC());

    @BeforeEach
    void start() throws IOException {
        for (int i = 0; i < INSTANCES; i++) {
            Path directory = Files.createDirectory(folder.resolve("instance-" + i));
            Files.writeString(directory.resolve("jwt-keys.json"), keys.json());
            instances.add(Testbed.shared().serve(database, Map.of("keys.directory", directory.toString())));
        }
    }

    @AfterEach
    void stop() {
        instances.forEach(ServiceInstance::close);
    }

    private URI address(int instance) {
        return instances.get(instance).address();
    }

    private ApiClient signIn(int instance) {
        return ApiClient.signIn(address(instance), "viewer", Testbed.shared().password());
    }

    /** Puts the keys in the place of an instance's file and waits until they are in force there. */
    private void takeUp(int instance) {
        put(instance, keys.json());
        List<String> wanted = ids();
        Await.until("instance " + instance + " publishes " + wanted, () -> published(instance).equals(wanted));
    }

    private void put(int instance, String content) {
        Path directory = folder.resolve("instance-" + instance);
        try {
            Files.move(
                    Files.writeString(directory.resolve("new"), content),
                    directory.resolve("jwt-keys.json"),
                    StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> ids() {
        return keys.descriptions().stream().map(KeyDescription::id).toList();
    }

    private List<String> published(int instance) {
        return ApiClient.anonymous(address(instance)).get("/.well-known/jwks.json").objects("keys").stream()
                .map(key -> (String) key.get("kid"))
                .toList();
    }

    private void rotate(Duration kept) {
        keys = keys.rotate(Duration.ZERO, kept, Optional.empty(), Clock.systemUTC());
    }

    private static void awaitCalls(Load load) {
        int before = load.exchanges().size();
        Await.until(CALLS + " calls", () -> load.exchanges().size() >= before + CALLS);
    }

    private List<Load.Call> calls() {
        return calls((from, to) -> signIn(from).at(address(to)).get(CUSTOMERS));
    }

    /** For every pair of an instance that issues a token and one that gets it. */
    private static List<Load.Call> calls(BiFunction<Integer, Integer, Answer> request) {
        List<Load.Call> calls = new ArrayList<>();
        for (int issuer = 0; issuer < INSTANCES; issuer++) {
            for (int other = 0; other < INSTANCES; other++) {
                int from = issuer;
                int to = other;
                calls.add(new Load.Call(
                        "a token of instance " + from + " at instance " + to, client -> request.apply(from, to)));
            }
        }
        return calls;
    }

    @Test
    void noCallFailsWhileInstancesTakeRotatedKeysUpOneAfterTheOther() {
        ApiClient early = signIn(0);
        List<Load.Exchange> exchanges;
        try (var load = new Load(CLIENTS, calls())) {
            for (List<Integer> order : List.of(List.of(0, 1, 2), List.of(2, 0, 1))) {
                rotate(Duration.ofHours(25));
                for (int instance : order) {
                    takeUp(instance);
                    awaitCalls(load);
                }
            }
            for (int i = 0; i < INSTANCES; i++) {
                assertEquals(200, early.at(address(i)).get(CUSTOMERS).status());
            }
            exchanges = load.stop();
        }
        List<Load.Exchange> failed = exchanges.stream().filter(exchange -> !exchange.isSuccess()).toList();
        assertEquals(List.of(), failed, () -> failed.size() + " of " + exchanges.size());
    }

    @Test
    void aTokenOfARemovedKeyIsRefusedByEveryInstanceThatRememberedIt() {
        ApiClient early = signIn(0);
        for (int i = 0; i < INSTANCES; i++) {
            assertEquals(200, early.at(address(i)).get(CUSTOMERS).status());
        }
        rotate(Duration.ZERO);
        for (int i = 0; i < INSTANCES; i++) {
            takeUp(i);
            assertEquals(401, early.at(address(i)).get(CUSTOMERS).status());
            assertEquals(200, signIn(i).get(CUSTOMERS).status());
        }
    }

    /** Whoever has the file can sign with its next key, too, which every instance takes before it signs with it itself. */
    @Test
    void noTokenOfAnyKeyOfAReplacedFileIsTakenByAnyInstance() throws IOException {
        List<ApiClient> intruders = List.of(signIn(0), forgedWithTheNextKey());
        for (int i = 0; i < INSTANCES; i++) {
            for (ApiClient intruder : intruders) {
                assertEquals(200, intruder.at(address(i)).get(CUSTOMERS).status());
            }
        }
        keys = keys.replace(Optional.empty(), Clock.systemUTC());
        for (int i = 0; i < INSTANCES; i++) {
            takeUp(i);
            for (ApiClient intruder : intruders) {
                assertEquals(401, intruder.at(address(i)).get(CUSTOMERS).status());
            }
            assertEquals(200, signIn(i).get(CUSTOMERS).status());
        }
    }

    /** As long as instances differ, one may not know the new key of another yet; such refusals are counted apart. */
    @Test
    void noTokenOfAReplacedFileIsTakenTwoSecondsLaterAndOnlyItsTokensAreRefused() throws IOException {
        List<Load.Call> intrusions = new ArrayList<>();
        for (ApiClient intruder : List.of(signIn(0), forgedWithTheNextKey())) {
            for (int i = 0; i < INSTANCES; i++) {
                URI address = address(i);
                intrusions.add(new Load.Call("intruder at " + i, client -> intruder.at(address).get(CUSTOMERS)));
            }
        }
        List<String> old = ids();
        var refusedUses = new ConcurrentLinkedQueue<Long>();
        List<Load.Exchange> ofIntruders;
        List<Load.Exchange> ofOthers;
        long replaced;
        long everywhere;
        Duration stall;
        try (var stalls = new Stalls(database.connect());
                var intruding = new Load(CLIENTS, intrusions);
                var signingIn = new Load(1, callsThatNoteRefusedTokensOfOtherKeys(old, refusedUses))) {
            awaitCalls(intruding);
            awaitCalls(signingIn);
            keys = keys.replace(Optional.empty(), Clock.systemUTC());
            for (int i = 0; i < INSTANCES; i++) {
                put(i, keys.json());
            }
            replaced = System.nanoTime();
            for (int i = 0; i < INSTANCES; i++) {
                takeUp(i);
            }
            everywhere = System.nanoTime();
            awaitCalls(intruding);
            awaitCalls(signingIn);
            ofIntruders = intruding.stop();
            ofOthers = signingIn.stop();
            stall = stalls.longest();
        }
        long last = ofIntruders.stream()
                .filter(Load.Exchange::isSuccess)
                .mapToLong(Load.Exchange::began)
                .max()
                .orElseThrow();
        Duration after = Duration.ofNanos(Math.max(0, last - replaced));
        String figures = "last accepted " + after.toMillis() + " ms after the files were replaced, longest stall "
                + stall
                + "; of " + ofOthers.size() + " calls after a sign-in " + refusedUses.size()
                + " with a new key were refused before every instance had it";
        System.out.println(figures);
        assertTrue(after.compareTo(BOUND.plus(stall)) < 0, figures);
        assertEquals(List.of(), refusedUses.stream().filter(began -> began > everywhere).toList());
        assertEquals(List.of(), Stream.concat(ofIntruders.stream(), ofOthers.stream())
                .filter(exchange -> exchange.status() != 200 && exchange.status() != 401)
                .toList());
    }

    private List<Load.Call> callsThatNoteRefusedTokensOfOtherKeys(List<String> ids, Queue<Long> refusedUses) {
        return calls((from, to) -> {
            ApiClient signedIn = signIn(from);
            long began = System.nanoTime();
            Answer answer = signedIn.at(address(to)).get(CUSTOMERS);
            Object id = TokenForge.part(signedIn.token().orElseThrow(), 0).get("kid");
            if (answer.status() == 401 && !ids.contains(id)) {
                refusedUses.add(began);
            }
            return answer;
        });
    }

    private ApiClient forgedWithTheNextKey() throws IOException {
        StoredKeySet promoted = keys.rotate(Duration.ZERO, Duration.ZERO, Optional.empty(), Clock.systemUTC());
        SigningKeys stolen = SigningKeys.load(Files.writeString(folder.resolve("stolen.json"), promoted.json()));
        Map<String, Object> claims = TokenForge.part(
                ApiClient.signIn(address(0), "admin", Testbed.shared().password()).token().orElseThrow(), 1);
        var settings = new TokenSettings(
                (String) claims.get("iss"), (String) claims.get("aud"), Duration.ofMinutes(15), 0);
        var forger = new AccessTokens(
                new ActiveSigningKeys(stolen), settings, Clock.systemUTC(), new SecureRandom());
        return ApiClient.withToken(
                address(0), forger.issue(
                        UUID.fromString((String) claims.get("sub")), (Long) claims.get("epoch"), Role.ADMIN.scopes())
                        .value());
    }

    @Test
    void aBrokenFileKeepsTheOldKeysAndIsToldByDeepHealth() {
        ApiClient client = signIn(0);
        put(0, keys.json().substring(0, 100));

        Await.until("deep health tells", () -> deep().status() == 503);
        String health = deep().text();
        assertTrue(health.contains("{\"name\":\"signing-keys\",\"status\":\"DOWN\",\"detail\":\""), health);
        assertTrue(health.contains("jwt-keys.json: is not well-formed JSON") && !health.contains(folder.toString()),
                health);
        assertEquals(200, client.get(CUSTOMERS).status());
        assertEquals(200, signIn(0).get(CUSTOMERS).status());

        put(0, keys.json());
        Await.until("deep health is content again", () -> deep().status() == 200);
    }

    private Answer deep() {
        return ApiClient.anonymous(address(0)).get("/health/deep");
    }

    @Test
    void aChangeOfTheKeysIsInTheAuditTrail() {
        rotate(Duration.ofHours(25));
        takeUp(0);

        String entry = "select actor || ' ' || array_to_string(fields, ',') from audit_log"
                + " where action = 'keys.change' and subject = '" + keys.descriptions().getFirst().id() + "'";
        Await.until("the entry", () -> database.value(entry).isPresent());
        assertEquals(Optional.of("system keys,current"), database.value(entry));
    }

    @Test
    void aReplacementOfAllKeysIsInTheAuditTrail() {
        keys = keys.replace(Optional.empty(), Clock.systemUTC());
        takeUp(0);

        String entry = "select actor || ' ' || array_to_string(fields, ',') from audit_log"
                + " where action = 'keys.replace' and subject = '" + keys.descriptions().getFirst().id() + "'";
        Await.until("the entry", () -> database.value(entry).isPresent());
        assertEquals(Optional.of("system keys,current"), database.value(entry));
    }
}
