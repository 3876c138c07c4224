package customerservice.persistence.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import customerservice.persistence.TestSettings;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DatabaseSettingsTest {

    private final DatabaseSettings defaults = DatabaseSettings.of("jdbc:postgresql://db/customers", "app", "s3cret");

    @Test
    void passwordIsNotShown() {
        assertFalse(defaults.toString().contains("s3cret"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "postgresql://db/customers", "jdbc:h2:mem:x", "jdbc:postgresql://db/c?password=x"})
    void unusableUrlIsRefused(String url) {
        assertThrows(IllegalArgumentException.class, () -> TestSettings.withUrl(defaults, url));
    }

    @ParameterizedTest
    @CsvSource({"0,256", "-1,256", "10,-1"})
    void unusablePoolIsRefused(int size, int waiting) {
        assertThrows(IllegalArgumentException.class, () -> TestSettings.withPool(defaults, size, waiting));
    }

    @Test
    void leaseOfNothingIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> TestSettings.withLease(defaults, Duration.ZERO));
    }

    @Test
    void statementMustEndBeforeItsConnectionDoes() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new DatabaseSettings("jdbc:postgresql://db/c", "app", "x", 10, 256, Duration.ofSeconds(2),
                        Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(2), 0,
                        Duration.ofSeconds(1)));
    }
}
