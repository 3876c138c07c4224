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
