package customerservice.app.service;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class CausesTest {

    @Test
    void innermostMessageIsTold() {
        var inner = new IllegalStateException("connection refused");
        assertEquals("connection refused", Causes.innermost(new RuntimeException("pool", inner)));
    }

    @Test
    void withoutAMessageItsTypeIsTold() {
        assertEquals("java.lang.IllegalStateException", Causes.innermost(new IllegalStateException()));
    }

    @Test
    void severalLinesBecomeOne() {
        assertEquals("ERROR: x Position: 3", Causes.oneLine("ERROR: x\r\n  Position: 3"));
    }
}
