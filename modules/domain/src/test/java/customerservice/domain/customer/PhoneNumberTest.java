package customerservice.domain.customer;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PhoneNumberTest {

    @ParameterizedTest
    @ValueSource(strings = {"+441234567890", "+12", "+123456789012345"})
    void e164IsTaken(String text) {
        assertTrue(PhoneNumber.parse(text).isPresent());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "+", "+1", "441234567890", "+041234", "+44 1234", "+1234567890123456", "+44123a",
        "+٤٤١٢٣"})
    void othersAreNot(String text) {
        assertTrue(PhoneNumber.parse(text).isEmpty());
    }
}
