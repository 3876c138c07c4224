package customerservice.domain;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ViolationsTest {

    private final Violations violations = new Violations();

    @Test
    void nothingWrongIsNoException() {
        assertDoesNotThrow(violations::throwIfAny);
        assertTrue(violations.isEmpty());
    }

    @Test
    void theyComeInTheOrderInWhichTheyWereFound() {
        violations.add("/b", "second", "");
        violations.add("/a", "first", "");

        var refused = assertThrows(DomainException.InvalidInput.class, violations::throwIfAny);

        assertEquals(List.of("/b", "/a"), refused.violations().stream().map(Violation::pointer).toList());
    }

    @Test
    void theFirstHundredAreKept() {
        for (int i = 0; i < 150; i++) {
            violations.add("/" + i, "wrong", "");
        }

        var refused = assertThrows(DomainException.InvalidInput.class, violations::throwIfAny);

        assertEquals(100, refused.violations().size());
        assertEquals("/99", refused.violations().getLast().pointer());
    }

    @Test
    void aViolationConcernsItsPlaceAndThoseAbove() {
        violations.add("/address/city", "wrong", "");

        assertTrue(violations.concern("/address/city"));
        assertTrue(violations.concern("/address"));
        assertFalse(violations.concern("/address/city/name"));
        assertFalse(violations.concern("/add"));
    }

    @Test
    void whatACallerCanBringAboutCarriesNoStackTrace() {
        violations.add("/name", "required", "");

        var refused = assertThrows(DomainException.InvalidInput.class, violations::throwIfAny);

        assertEquals(0, refused.getStackTrace().length);
        assertEquals(0, new DomainException.CustomerNotFound().getStackTrace().length);
    }
}
