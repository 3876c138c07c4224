package customerservice.auth.token;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenSettingsTest {

    @ParameterizedTest
    @ValueSource(strings = {"PT1S", "PT15M", "PT24H"})
    void aLifetimeMayBeFromASecondToADay(String lifetime) {
        assertDoesNotThrow(() -> new TokenSettings("i", "a", Duration.parse(lifetime), 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "PT0.5S", "PT1.5S", "PT24H1S"})
    void anotherLifetimeIsRefused(String lifetime) {
        assertThrows(
                IllegalArgumentException.class, () -> new TokenSettings("i", "a", Duration.parse(lifetime), 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void issuerAndAudienceMustNotBeBlank(String blank) {
        Duration hour = Duration.ofHours(1);

        assertThrows(IllegalArgumentException.class, () -> new TokenSettings(blank, "a", hour, 0));
        assertThrows(IllegalArgumentException.class, () -> new TokenSettings("i", blank, hour, 0));
        assertThrows(
                IllegalArgumentException.class, () -> new TokenSettings("i", Set.of(blank), "a", hour, 0));
    }
}
