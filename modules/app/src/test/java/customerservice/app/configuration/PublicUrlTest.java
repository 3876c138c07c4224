package customerservice.app.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import customerservice.app.configuration.ValueType.PublicUrl;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicUrlTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "https://api.example.com", "http://localhost:8080", "https://[::1]:8443"})
    void schemeAndHostAreTaken(String url) {
        assertEquals(url, new PublicUrl().parse(url));
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "api.example.com", "https://", "https:///", "https://api.example.com/", "https://a/b",
        "https://a?b", "https://a#b", "https://user@a", "ftp://a", "https://a b", "https://a:b", "HTTPS://a"})
    void anythingElseIsNot(String url) {
        assertThrows(InvalidValueException.class, () -> new PublicUrl().parse(url));
    }
}
