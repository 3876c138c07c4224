package customerservice.domain.customer;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import customerservice.domain.DomainException;
import customerservice.domain.Violation;
import customerservice.domain.Violations;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every field's limits, from both sides, in one table. */
class FieldRulesTest {

    record Good(String field, CustomerDraft draft) {
        @Override
        public String toString() {
            return field;
        }
    }

    record Bad(String field, CustomerDraft draft, String violation) {
        @Override
        public String toString() {
            return field + ": " + violation;
        }
    }

    @ParameterizedTest
    @MethodSource("good")
    void aValueWithinItsLimitsIsTaken(Good good) {
        assertDoesNotThrow(() -> CustomerDetails.of(good.draft(), new Violations()));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void aValueBeyondItsLimitsIsTheOneViolation(Bad bad) {
        var refused = assertThrows(
                DomainException.InvalidInput.class, () -> CustomerDetails.of(bad.draft(), new Violations()));

        assertEquals(
                List.of(bad.violation()),
                refused.violations().stream().map(found -> found.pointer() + " " + found.code()).toList());
    }

    /** What is said about a value is read by people and kept in logs; the value itself may be personal. */
    @ParameterizedTest
    @MethodSource("bad")
    void noViolationRepeatsTheValue(Bad bad) {
        var refused = assertThrows(
                DomainException.InvalidInput.class, () -> CustomerDetails.of(bad.draft(), new Violations()));

        Violation found = refused.violations().getFirst();
        for (String personal : List.of("Ada", "ada@", "Square", "vvv", "xxx")) {
            assertEquals(-1, found.detail().indexOf(personal), found.detail());
        }
        assertEquals("1 violations", refused.getMessage());
    }

    static Stream<Good> good() {
        return Stream.of(
                new Good("name of 200", Drafts.withName("x".repeat(200))),
                new Good("name of 1", Drafts.withName("x")),
                new Good("name in another script", Drafts.withName("\u5c71\u7530 \u592a\u90ce")),
                new Good("email with blanks around", Drafts.withEmail(" ada@example.com\n")),
                new Good("no phone", phone(null)),
                new Good("status suspended", status("suspended")),
                new Good("status closed", status("closed")),
                new Good("no address", Drafts.withAddress(null)),
                new Good("line 1 of 200", address("x".repeat(200), null, "c", null, null, "GB")),
                new Good("line 2 of 200", address("l", "x".repeat(200), "c", null, null, "GB")),
                new Good("city of 100", address("l", null, "x".repeat(100), null, null, "GB")),
                new Good("region of 100", address("l", null, "c", "x".repeat(100), null, "GB")),
                new Good("postal code of 20", address("l", null, "c", null, "x".repeat(20), "GB")),
                new Good("no metadata", Drafts.withMetadata(null)),
                new Good("empty metadata", Drafts.withMetadata(Map.of())),
                new Good("metadata value of 500", Drafts.withMetadata(Map.of("k", "v".repeat(500)))),
                new Good("metadata value that nobody sees", Drafts.withMetadata(Map.of("k", "\u200b"))),
                new Good("line 2 that nobody sees", address("l", "\u200b", "c", null, null, "GB")),
                new Good("metadata of decomposed characters",
                        Drafts.withMetadata(Map.of("e\u0301".repeat(40), "e\u0301".repeat(500)))),
                new Good("empty metadata value", Drafts.withMetadata(Map.of("k", ""))));
    }

    static Stream<Bad> bad() {
        return Stream.of(
                new Bad("name of 201", Drafts.withName("x".repeat(201)), "/name too_long"),
                new Bad("name of 30,000 combining characters", Drafts.withName("\u0301\u0316".repeat(15_000)),
                        "/name too_long"),
                new Bad("no name", Drafts.withName(null), "/name required"),
                new Bad("no email", Drafts.withEmail(null), "/email required"),
                new Bad("blank email", Drafts.withEmail(" "), "/email invalid_email"),
                new Bad("email of a number", Drafts.withEmail("a@127.0.0.1"), "/email invalid_email"),
                new Bad("email with a NUL", Drafts.withEmail("ada\u0000@example.com"), "/email invalid_email"),
                new Bad("empty phone", phone(""), "/phone invalid_phone"),
                new Bad("phone with blanks around", phone(" +441234567890"), "/phone invalid_phone"),
                new Bad("status in capitals", status("ACTIVE"), "/status invalid_status"),
                new Bad("empty status", status(""), "/status invalid_status"),
                new Bad("line 1 of 201", address("x".repeat(201), null, "c", null, null, "GB"),
                        "/address/line1 too_long"),
                new Bad("no line 1", address(null, null, "c", null, null, "GB"), "/address/line1 required"),
                new Bad("blank line 1", address(" ", null, "c", null, null, "GB"), "/address/line1 blank"),
                new Bad("line 1 that nobody sees", address("\u3164", null, "c", null, null, "GB"),
                        "/address/line1 blank"),
                new Bad("line 2 with a line separator", address("l", "a\u2028b", "c", null, null, "GB"),
                        "/address/line2 line_separator"),
                new Bad("city with an override", address("l", null, "\u202ec", null, null, "GB"),
                        "/address/city bidirectional_override"),
                new Bad("region with an isolate", address("l", null, "c", "\u2066r", null, "GB"),
                        "/address/region bidirectional_override"),
                new Bad("postal code with an embedding", address("l", null, "c", null, "\u202b1", "GB"),
                        "/address/postal_code bidirectional_override"),
                new Bad("line 2 of 201", address("l", "x".repeat(201), "c", null, null, "GB"),
                        "/address/line2 too_long"),
                new Bad("line 2 with a tab", address("l", "a\tb", "c", null, null, "GB"),
                        "/address/line2 control_character"),
                new Bad("city of 101", address("l", null, "x".repeat(101), null, null, "GB"), "/address/city too_long"),
                new Bad("no city", address("l", null, null, null, null, "GB"), "/address/city required"),
                new Bad("region of 101", address("l", null, "c", "x".repeat(101), null, "GB"),
                        "/address/region too_long"),
                new Bad("postal code of 21", address("l", null, "c", null, "x".repeat(21), "GB"),
                        "/address/postal_code too_long"),
                new Bad("no country", address("l", null, "c", null, null, null), "/address/country required"),
                new Bad("country in small letters", address("l", null, "c", null, null, "gb"),
                        "/address/country invalid_country"),
                new Bad("country of three letters", address("l", null, "c", null, null, "GBR"),
                        "/address/country invalid_country"),
                new Bad("country that is none", address("l", null, "c", null, null, "XX"),
                        "/address/country invalid_country"),
                new Bad("empty country", address("l", null, "c", null, null, ""), "/address/country invalid_country"),
                new Bad("metadata value of 501", Drafts.withMetadata(Map.of("k", "v".repeat(501))),
                        "/metadata/k too_long"),
                new Bad("metadata value with a NUL", Drafts.withMetadata(Map.of("k", "v\u0000")),
                        "/metadata/k control_character"),
                new Bad("metadata value with a line separator", Drafts.withMetadata(Map.of("k", "a\u2029b")),
                        "/metadata/k line_separator"),
                new Bad("metadata value with an override", Drafts.withMetadata(Map.of("k", "\u202dv")),
                        "/metadata/k bidirectional_override"),
                new Bad("metadata key that nobody sees", Drafts.withMetadata(Map.of("\u200b", "v")), "/metadata blank"),
                new Bad("metadata key with a line separator", Drafts.withMetadata(Map.of("a\u2028b", "v")),
                        "/metadata line_separator"),
                new Bad("metadata key with an override", Drafts.withMetadata(Map.of("\u202ek", "v")),
                        "/metadata bidirectional_override"),
                new Bad("metadata key in two spellings", Drafts.withMetadata(Map.of("\u00e9", "1", "e\u0301", "2")),
                        "/metadata duplicate_key"),
                new Bad("metadata value with half a pair", Drafts.withMetadata(Map.of("k", "v\ud83d")),
                        "/metadata/k invalid_unicode"),
                new Bad("empty metadata key", Drafts.withMetadata(Map.of("", "v")), "/metadata blank"),
                new Bad("blank metadata key", Drafts.withMetadata(Map.of(" ", "v")), "/metadata blank"),
                new Bad("metadata key with a control", Drafts.withMetadata(Map.of("a\u0007b", "v")),
                        "/metadata control_character"),
                new Bad("metadata key with half a pair", Drafts.withMetadata(Map.of("\udd8a", "v")),
                        "/metadata invalid_unicode"));
    }

    private static CustomerDraft phone(String phone) {
        return changed(ada -> new CustomerDraft(
                ada.name(), ada.email(), phone, ada.status(), ada.address(), ada.metadata()));
    }

    private static CustomerDraft status(String status) {
        return changed(ada -> new CustomerDraft(
                ada.name(), ada.email(), ada.phone(), status, ada.address(), ada.metadata()));
    }

    private static CustomerDraft address(
            String line1, String line2, String city, String region, String postalCode, String country) {
        return Drafts.withAddress(new AddressDraft(line1, line2, city, region, postalCode, country));
    }

    private static CustomerDraft changed(Function<CustomerDraft, CustomerDraft> change) {
        return change.apply(Drafts.ADA);
    }
}
