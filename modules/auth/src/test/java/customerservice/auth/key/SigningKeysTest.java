package customerservice.auth.key;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class SigningKeysTest {

    private static final String RSA = TestKeys.json(SigningAlgorithm.RS256);
    private static final String EC = TestKeys.json(SigningAlgorithm.ES256);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void aGeneratedKeyCanBeLoaded(SigningAlgorithm algorithm) throws IOException {
        Path file = Files.writeString(folder.resolve("jwt-keys.json"), TestKeys.json(algorithm));

        assertEquals(algorithm, SigningKeys.load(file).current().algorithm());
    }

    @ParameterizedTest
    @EnumSource
    void aKeysIdBeginsWithTheDayItWasMade(SigningAlgorithm algorithm) {
        assertTrue(TestKeys.keys(algorithm).current().id().matches("20261101-[A-Za-z0-9_-]{8}"));
    }

    @ParameterizedTest
    @EnumSource
    void twoGeneratedKeysHaveDifferentIds(SigningAlgorithm algorithm) {
        assertNotEquals(TestKeys.keys(algorithm).current().id(), TestKeys.otherKeys(algorithm).current().id());
    }

    @ParameterizedTest
    @EnumSource
    void whatIsPublishedHasNothingPrivate(SigningAlgorithm algorithm) {
        Map<String, Object> key = published(TestKeys.keys(algorithm)).getFirst();

        Set<String> common = Set.of("kty", "use", "alg", "kid");
        Set<String> special = algorithm == SigningAlgorithm.RS256 ? Set.of("n", "e") : Set.of("crv", "x", "y");
        assertEquals(common.size() + special.size(), key.size());
        assertTrue(key.keySet().containsAll(common) && key.keySet().containsAll(special), key.keySet().toString());
    }

    @Test
    void nextAndPreviousKeysArePublishedToo() {
        SigningKeys keys = TestKeys.parse("{\"keys\":["
                + TestKeys.onlyKey(RSA) + ","
                + TestKeys.onlyKey(EC).replace("\"current\"", "\"next\"") + ","
                + TestKeys.onlyKey(TestKeys.otherJson(SigningAlgorithm.RS256)).replace("\"current\"", "\"previous\"")
                + "]}");

        assertEquals(3, published(keys).size());
        assertEquals(TestKeys.keys(SigningAlgorithm.RS256).current().id(), keys.current().id());
    }

    @Test
    void aSingleKeyWithoutStatusIsTheCurrentOne() {
        SigningKeys keys = TestKeys.parse(EC.replace("\"status\": \"current\",", ""));

        assertEquals(SigningAlgorithm.ES256, keys.current().algorithm());
    }

    @Test
    void aMissingFileIsNamed() {
        Path missing = folder.resolve("nowhere.json");

        var e = assertThrows(SigningKeysException.class, () -> SigningKeys.load(missing));

        assertEquals(missing + ": no such file", e.getMessage());
    }

    @Test
    void aFolderIsNoFile() {
        var e = assertThrows(SigningKeysException.class, () -> SigningKeys.load(folder));

        assertEquals(folder + ": is not a regular file", e.getMessage());
    }

    /** Nothing is at the beginning of a process's memory. */
    @Test
    void aFileThatCannotBeReadIsToldFromOneThatIsNoGood() {
        Path file = Path.of("/proc/self/mem");

        var e = assertThrows(SigningKeysException.class, () -> SigningKeys.load(file));

        assertEquals(file + ": cannot be read (IOException)", e.getMessage());
        assertInstanceOf(IOException.class, e.getCause());
    }

    /** It would be waited for until somebody writes to it. */
    @Test
    void aFifoIsNoFile() throws Exception {
        Path fifo = folder.resolve("fifo");
        assertEquals(0, new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor());

        var e = assertTimeoutPreemptively(
                Duration.ofSeconds(20), () -> assertThrows(SigningKeysException.class, () -> SigningKeys.load(fifo)));

        assertEquals(fifo + ": is not a regular file", e.getMessage());
    }

    @Test
    void aMistakeInAFileIsToldWithTheFilesName() throws IOException {
        Path file = Files.writeString(folder.resolve("jwt-keys.json"), "{}");

        var e = assertThrows(SigningKeysException.class, () -> SigningKeys.load(file));

        assertEquals(file + ": must have one member, the array \"keys\"", e.getMessage());
    }

    @Test
    void aHugeFileIsRefused() {
        assertThrows(SigningKeysException.class, () -> TestKeys.parse(" ".repeat(64 * 1024 + 1)));
    }

    @Test
    void neitherKeysNorTheirTextFormTellSecrets() {
        String text = TestKeys.keys(SigningAlgorithm.RS256).toString();

        assertFalse(text.contains(member(RSA, "d")), text);
        assertFalse(text.contains(member(RSA, "n")), text);
    }

    record Mistake(String content, String message) {
        @Override
        public String toString() {
            return message;
        }
    }

    static List<Mistake> mistakes() {
        String other = TestKeys.otherJson(SigningAlgorithm.RS256);
        String otherEc = TestKeys.otherJson(SigningAlgorithm.ES256);
        var mistakes = new ArrayList<Mistake>();
        mistakes.add(new Mistake("", "is not well-formed JSON at line 1, column 1"));
        mistakes.add(new Mistake("[]", "is not well-formed JSON at line 1, column 1"));
        mistakes.add(new Mistake("{}", "must have one member, the array \"keys\""));
        mistakes.add(new Mistake("{\"keys\":{}}", "must have one member, the array \"keys\""));
        mistakes.add(new Mistake("{\"keys\":[],\"more\":1}", "must have one member, the array \"keys\""));
        mistakes.add(new Mistake("{\"keys\":[]}", "must have 1 to 16 keys"));
        mistakes.add(new Mistake("{\"keys\":[7]}", "keys[0] must be an object"));
        mistakes.add(new Mistake(RSA + RSA, "is not well-formed JSON at line 16, column 1"));
        mistakes.add(new Mistake(RSA.replace("\"kid\"", "\"kty\""), "is not well-formed JSON at line 3, column 8"));
        mistakes.add(new Mistake(
                RSA.replace("\"d\": \"", "\"d\": "), "is not well-formed JSON at line 9, column "));
        mistakes.add(new Mistake(
                RSA.replaceAll("\"p\": \"(.*)\"", "\"p\": \"$1"), "is not well-formed JSON at line 10, column "));
        mistakes.add(new Mistake(without(RSA, "kid"), "keys[0].kid is missing"));
        mistakes.add(new Mistake(with(RSA, "kid", "a/../b"), "keys[0].kid must be 1 to 64 characters"));
        mistakes.add(new Mistake(with(RSA, "kid", "x".repeat(65)), "keys[0].kid must be 1 to 64 characters"));
        mistakes.add(new Mistake(with(RSA, "alg", "HS256"), "keys[0].alg must be RS256 or ES256"));
        mistakes.add(new Mistake(with(RSA, "alg", "none"), "keys[0].alg must be RS256 or ES256"));
        mistakes.add(new Mistake(with(RSA, "alg", "ES256"), "keys[0].kty must be EC for this alg"));
        mistakes.add(new Mistake(with(RSA, "kty", "oct"), "keys[0].kty must be RSA for this alg"));
        mistakes.add(new Mistake(with(RSA, "use", "enc"), "keys[0].use must be sig"));
        mistakes.add(new Mistake(without(RSA, "use"), "keys[0].use is missing"));
        mistakes.add(new Mistake(with(RSA, "status", "old"), "keys[0].status must be current, next or previous"));
        mistakes.add(new Mistake(with(RSA, "status", "next"), "no key has the status current"));
        mistakes.add(new Mistake(
                RSA.replace("\"status\"", "\"status_since\": \"yesterday\", \"status\""),
                "keys[0].status_since must be a time such as 2026-01-31T12:00:00Z"));
        mistakes.add(new Mistake(
                RSA.replace("\"status\"", "\"k\": \"c2VjcmV0\", \"status\""),
                "keys[0] has a member that its kind of key does not have"));
        mistakes.add(new Mistake(with(RSA, "e", "Aw"), "keys[0].e must be AQAB"));
        mistakes.add(new Mistake(with(RSA, "n", "AQAB"), "keys[0].n must have 2048 to 4096 bits"));
        for (String name : List.of("n", "e", "d", "p", "q", "dp", "dq", "qi")) {
            mistakes.add(new Mistake(without(RSA, name), "keys[0]." + name + " is missing"));
        }
        for (String name : List.of("n", "d", "p", "q", "dp", "dq", "qi")) {
            mistakes.add(new Mistake(
                    with(RSA, name, member(other, name)),
                    "keys[0] is not one key: its parameters do not belong together"));
        }
        mistakes.add(new Mistake(with(RSA, "d", "AA"), "keys[0].d must be a positive number in base64url"));
        mistakes.add(new Mistake(with(RSA, "d", ""), "keys[0].d must be a positive number in base64url"));
        mistakes.add(new Mistake(with(RSA, "d", "!secret!"), "keys[0].d must be a positive number in base64url"));
        mistakes.add(new Mistake(
                with(EC, "d", member(EC, "d") + "="), "keys[0].d must be a positive number in base64url"));
        mistakes.add(new Mistake(RSA.replaceAll("\"d\": \".*\"", "\"d\": 7"), "keys[0].d must be a string"));
        mistakes.add(new Mistake(with(EC, "crv", "P-384"), "keys[0].crv must be P-256"));
        for (String name : List.of("crv", "x", "y", "d")) {
            mistakes.add(new Mistake(without(EC, name), "keys[0]." + name + " is missing"));
        }
        for (String name : List.of("x", "y", "d")) {
            mistakes.add(new Mistake(
                    with(EC, name, member(otherEc, name)),
                    "keys[0] is not one key: its parameters do not belong together"));
        }
        mistakes.add(new Mistake(
                with(with(EC, "x", member(otherEc, "x")), "y", member(otherEc, "y")),
                "keys[0] is not one key: its parameters do not belong together"));
        mistakes.add(new Mistake(
                "{\"keys\":[" + TestKeys.onlyKey(RSA) + "," + TestKeys.onlyKey(EC) + "]}",
                "more than one key has the status current, or none at all"));
        mistakes.add(new Mistake(
                "{\"keys\":[" + TestKeys.onlyKey(RSA) + "," + TestKeys.onlyKey(RSA).replace("current", "next") + "]}",
                "two keys have the same kid"));
        return mistakes;
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void aMistakeIsNamed(Mistake mistake) {
        var e = assertThrows(SigningKeysException.class, () -> TestKeys.parse(mistake.content()));

        assertTrue(e.getMessage().startsWith(mistake.message()), e.getMessage());
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void noMistakeIsToldWithKeyMaterial(Mistake mistake) {
        var e = assertThrows(SigningKeysException.class, () -> TestKeys.parse(mistake.content()));

        assertEquals(null, e.getCause());
        Matcher value = Pattern.compile("\"(?:d|p|q|dp|dq|qi|k)\": ?\"?([A-Za-z0-9_!-]{6,})")
                .matcher(mistake.content());
        while (value.find()) {
            assertFalse(e.getMessage().contains(value.group(1).substring(0, 6)), e.getMessage());
        }
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> published(SigningKeys keys) {
        Map<String, Object> set = StrictJson.readObject(keys.jwks());
        assertEquals(Set.of("keys"), set.keySet());
        return (List<Map<String, Object>>) set.get("keys");
    }

    private static String member(String json, String name) {
        Matcher member = Pattern.compile("\"" + name + "\": \"(.*)\"").matcher(json);
        assertTrue(member.find(), name);
        return member.group(1);
    }

    private static String with(String json, String name, String value) {
        return json.replaceFirst("\"" + name + "\": \".*\"",
                Matcher.quoteReplacement("\"" + name + "\": \"" + value + "\""));
    }

    private static String without(String json, String name) {
        String less = json.replaceFirst("\n  \"" + name + "\": \".*\",", "");
        return less.equals(json) ? json.replaceFirst(",\n  \"" + name + "\": \".*\"", "") : less;
    }

    @Test
    void theContentIsReadAsUtf8AndNothingElse() {
        byte[] content = RSA.getBytes(StandardCharsets.UTF_16);

        assertThrows(SigningKeysException.class, () -> SigningKeys.parse(content));
    }
}
