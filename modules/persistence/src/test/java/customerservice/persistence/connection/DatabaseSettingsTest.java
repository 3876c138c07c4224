package customerservice.persistence.connection;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

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
        assertThrows(IllegalArgumentException.class, () -> defaults.withUrl(url));
    }

    @ParameterizedTest
    @CsvSource({"0,256", "-1,256", "10,-1"})
    void unusablePoolIsRefused(int size, int waiting) {
        assertThrows(IllegalArgumentException.class, () -> new PoolSettings(size, waiting, Duration.ofSeconds(1)));
    }

    @Test
    void leaseOfNothingIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new CacheSettings(0, Duration.ZERO));
    }

    @Test
    void statementMustEndBeforeItsConnectionDoes() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new ConnectionTimeouts(Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofSeconds(2)));
    }
}
