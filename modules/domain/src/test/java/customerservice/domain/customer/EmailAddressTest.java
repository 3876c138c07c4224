package customerservice.domain.customer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {

    @ParameterizedTest
    @ValueSource(strings = {
        "ada@example.com",
        "Ada.Lovelace+news@mail.example.co.uk",
        "a@b.c",
        "o'neil@example.com",
        "x_y-z@xn--bcher-kva.example",
        "1@2.example"
    })
    void usualAddressesAreTaken(String text) {
        assertEquals(Optional.of(new EmailAddress(text)), EmailAddress.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "",
        "ada",
        "@example.com",
        "ada@",
        "ada@localhost",
        "ada@example",
        "ada@@example.com",
        "a da@example.com",
        ".ada@example.com",
        "ada.@example.com",
        "a..da@example.com",
        "ada@.example.com",
        "ada@example..com",
        "ada@example.com.",
        "ada@-example.com",
        "ada@example-.com",
        "ada@exam_ple.com",
        "adä@example.com",
        "ada@exämple.com",
        "\"ada\"@example.com",
        "ada@[127.0.0.1]",
        "a@127.0.0.1",
        "a@127.1",
        "a@example.127",
        "a@0x7f.0x1",
        "a@example.1st",
        "ada@example.com\u200b",
        "ada@example.\u212aim"
    })
    void othersAreNot(String text) {
        assertEquals(Optional.empty(), EmailAddress.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {" ada@example.com", "ada@example.com\n", "\u00a0ada@example.com\u2007"})
    void whiteSpaceAtTheEndsIsNotPartOfIt(String text) {
        assertEquals(Optional.of(new EmailAddress("ada@example.com")), EmailAddress.parse(text));
    }

    @Test
    void localPartOf64IsTheLongest() {
        assertTrue(EmailAddress.parse("a".repeat(64) + "@example.com").isPresent());
        assertTrue(EmailAddress.parse("a".repeat(65) + "@example.com").isEmpty());
    }

    @Test
    void addressOf254IsTheLongest() {
        String local = "a".repeat(64) + "@";
        String labels = ("b".repeat(61) + ".").repeat(3);
        assertEquals(254, (local + labels + "ccc").length());
        assertTrue(EmailAddress.parse(local + labels + "ccc").isPresent());
        assertTrue(EmailAddress.parse(local + labels + "cccc").isEmpty());
    }

    @Test
    void labelOf63IsTheLongest() {
        assertTrue(EmailAddress.parse("a@" + "b".repeat(63) + ".c").isPresent());
        assertTrue(EmailAddress.parse("a@" + "b".repeat(64) + ".c").isEmpty());
    }
}
