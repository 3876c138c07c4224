package customerservice.domain.customer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import customerservice.domain.DomainException;
import customerservice.domain.Violation;
import customerservice.domain.Violations;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CustomerDetailsTest {

    private static final String DECOMPOSED = "e\u0301";
    private static final String COMPOSED = "\u00e9";

    private static CustomerDetails details(CustomerDraft draft) {
        return CustomerDetails.of(draft, new Violations());
    }

    /** Each violation as {@code pointer code}. */
    private static List<String> violations(CustomerDraft draft) {
        var refused = assertThrows(DomainException.InvalidInput.class, () -> details(draft));
        return refused.violations().stream().map(found -> found.pointer() + " " + found.code()).toList();
    }

    @Test
    void nameIsTrimmed() {
        assertEquals("Ada", details(Drafts.withName("\u2003 Ada\t")).name());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u00a0", "\u0085", "\u1680", "\u2007", "\u2028", "\u2029", "\u202f", "\u3000"})
    void whatUnicodeTakesForWhiteSpaceIsTrimmed(String space) {
        assertEquals("Ada", details(Drafts.withName(space + "Ada" + space)).name());
    }

    @Test
    void controlCharacterIsNotWhiteSpace() {
        assertEquals(List.of("/name control_character"), violations(Drafts.withName("Ada\u001f")));
    }

    @Test
    void composedAndDecomposedNamesAreOne() {
        assertEquals("Zo\u00eb", details(Drafts.withName("Zoe\u0308")).name());
        assertEquals("\ud55c", details(Drafts.withName("\u1112\u1161\u11ab")).name());
    }

    @Test
    void everyTextIsNormalised() {
        var given = new CustomerDraft(DECOMPOSED, "ada@example.com", null, null,
                new AddressDraft(DECOMPOSED, DECOMPOSED, DECOMPOSED, DECOMPOSED, DECOMPOSED, "GB"),
                Map.of(DECOMPOSED, DECOMPOSED));

        CustomerDetails details = details(given);

        assertEquals(COMPOSED, details.name());
        assertEquals(
                Optional.of(new Address(COMPOSED, Optional.of(COMPOSED), COMPOSED, Optional.of(COMPOSED),
                        Optional.of(COMPOSED), new CountryCode("GB"))),
                details.address());
        assertEquals(Map.of(COMPOSED, COMPOSED), details.metadata());
    }

    @Test
    void lengthIsCountedInTheNormalisedText() {
        assertEquals(200, details(Drafts.withName(DECOMPOSED.repeat(200))).name().length());
        assertEquals(List.of("/name too_long"), violations(Drafts.withName(DECOMPOSED.repeat(201))));
        // Four that become one, the most there are.
        assertEquals(200, details(Drafts.withName("\u03b1\u0313\u0300\u0345".repeat(200))).name().length());
        // One that becomes two.
        assertEquals(List.of("/name too_long"), violations(Drafts.withName("\u0958".repeat(101))));
    }

    @Test
    void nameIsCountedInCharactersNotInCodeUnits() {
        assertEquals("🦊".repeat(200), details(Drafts.withName("🦊".repeat(200))).name());
        assertEquals(List.of("/name too_long"), violations(Drafts.withName("🦊".repeat(201))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "\n"})
    void blankNameIsRejected(String name) {
        assertEquals(List.of("/name blank"), violations(Drafts.withName(name)));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "\u00a0",
        "\u2028",
        "\u200b",
        "\u200b \u200b",
        "\u200d\u200c",
        "\u00ad",
        "\u034f",
        "\u061c",
        "\u115f",
        "\u180e",
        "\u2060",
        "\u2800",
        "\u3164",
        "\ufe0f",
        "\ufeff",
        "\uffa0",
        "\ufff9",
        "\ud834\udd73",
        "\udb40\udc41",
        "\udb40\udd00"
    })
    void nameWithoutAVisibleCharacterIsBlank(String name) {
        assertEquals(List.of("/name blank"), violations(Drafts.withName(name)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"A\u2028da", "A\u2029da"})
    void lineSeparatorInNameIsRejected(String name) {
        assertEquals(List.of("/name line_separator"), violations(Drafts.withName(name)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u202a", "\u202b", "\u202c", "\u202d", "\u202e", "\u2066", "\u2067", "\u2068", "\u2069"})
    void bidirectionalOverrideInNameIsRejected(String override) {
        assertEquals(List.of("/name bidirectional_override"), violations(Drafts.withName("Ada" + override)));
        assertEquals(List.of("/name bidirectional_override"), violations(Drafts.withName(override)));
    }

    /** Words in Persian, emoji, and letters of two directions in one name need them. */
    @ParameterizedTest
    @ValueSource(strings = {
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
        "\u0915\u094d\u200d\u0937",
        "\ud83d\udc69\u200d\ud83d\ude80",
        "\u200f\u05d0\u200e",
        "\u2764\ufe0f"
    })
    void joinersAndMarksOfDirectionStay(String name) {
        assertEquals(name, details(Drafts.withName(name)).name());
    }

    @ParameterizedTest
    @ValueSource(strings = {"A\u0000da", "A\nda", "A\u007fda", "A\u0085da"})
    void controlCharacterInNameIsRejected(String name) {
        assertEquals(List.of("/name control_character"), violations(Drafts.withName(name)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Ada \ud83e", "Ada \udd8a x", "\ud83e\ud83e\udd8a"})
    void halfOfASurrogatePairIsRejected(String name) {
        assertEquals(List.of("/name invalid_unicode"), violations(Drafts.withName(name)));
    }

    @Test
    void everythingWrongIsReportedAtOnce() {
        var draft = new CustomerDraft(null, "nope", "123", "gone", new AddressDraft(null, null, " ", null, null, "XX"),
                Map.of("k", "x".repeat(501)));
        assertEquals(
                List.of("/name required", "/email invalid_email", "/phone invalid_phone", "/status invalid_status",
                        "/address/line1 required", "/address/city blank", "/address/country invalid_country",
                        "/metadata/k too_long"),
                violations(draft));
    }

    @Test
    void whatTheDecoderFoundIsReportedWithTheRest() {
        var found = new Violations();
        found.add("/name", "wrong_type", "must be a string");
        var draft = new CustomerDraft(null, "nope", null, null, null, null);
        var refused = assertThrows(DomainException.InvalidInput.class, () -> CustomerDetails.of(draft, found));
        assertEquals(List.of("wrong_type", "invalid_email"),
                refused.violations().stream().map(Violation::code).toList());
    }

    @Test
    void statusIsActiveUnlessGiven() {
        assertEquals(CustomerStatus.ACTIVE,
                details(new CustomerDraft("Ada", "ada@example.com", null, null, null, null)).status());
    }

    @Test
    void statusOfALaterReleaseStaysWhenSomethingElseChanges() {
        var stands = new CustomerDraft("Ada", "ada@example.com", null, "unknown", null, null);
        var given = new CustomerDraft("Grace", "ada@example.com", null, "unknown", null, null);
        assertEquals(CustomerStatus.UNKNOWN, CustomerDetails.of(given, stands, new Violations()).status());
    }

    @Test
    void statusOfALaterReleaseCannotBeGiven() {
        assertEquals(
                List.of("/status invalid_status"),
                violations(new CustomerDraft("Ada", "ada@example.com", null, "unknown", null, null)));
    }

    @Test
    void blankOptionalPartOfAnAddressIsAbsent() {
        var given = new AddressDraft("1 Road", " ", "London", "", null, "GB");
        assertEquals(Optional.empty(), details(Drafts.withAddress(given)).address().orElseThrow().line2());
    }

    @Test
    void metadataIsInKeyOrder() {
        var given = new TreeMap<String, String>(java.util.Comparator.reverseOrder());
        given.putAll(Map.of("b", "2", "a", "1", "c", "3"));
        assertEquals(List.of("a", "b", "c"), List.copyOf(details(Drafts.withMetadata(given)).metadata().keySet()));
    }

    @Test
    void fiftyMetadataEntriesAreTheMost() {
        assertEquals(50, details(Drafts.withMetadata(entries(50))).metadata().size());
        assertEquals(List.of("/metadata too_many"), violations(Drafts.withMetadata(entries(51))));
    }

    @Test
    void metadataKeyOf40IsTheLongest() {
        assertEquals(1, details(Drafts.withMetadata(Map.of("k".repeat(40), ""))).metadata().size());
        assertEquals(List.of("/metadata too_long"), violations(Drafts.withMetadata(Map.of("k".repeat(41), "v"))));
    }

    /** They are for programs, which find what they stored by what they stored. */
    @Test
    void metadataIsNotTrimmed() {
        assertEquals(Map.of(" k ", " v "), details(Drafts.withMetadata(Map.of(" k ", " v "))).metadata());
    }

    @Test
    void metadataPointerIsEscaped() {
        assertEquals(List.of("/metadata/a~1b~0c too_long"),
                violations(Drafts.withMetadata(Map.of("a/b~c", "x".repeat(501)))));
    }

    private static Map<String, String> entries(int count) {
        var entries = new TreeMap<String, String>();
        IntStream.range(0, count).forEach(i -> entries.put("key" + i, "value"));
        return entries;
    }
}
