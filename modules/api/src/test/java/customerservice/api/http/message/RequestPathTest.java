package customerservice.api.http.message;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestPathTest {

    /** RFC 3986, section 6.2.2.2. */
    @ParameterizedTest
    @CsvSource({
        "/a-b._~Z9, /a-b._~Z9", "/%61%2D%62%2e%5F%7e%5a%39, /a-b._~Z9", "/a%2fb%2F, /a%2Fb%2F", "/%25%36%31, /%2561",
        "/%c3%a4, /%C3%A4", "/%00, /%00", "/%3f%23%20, /%3F%23%20"})
    void onlyWhatNeedNotBeEncodedIsDecoded(String path, String normal) {
        assertEquals(normal, RequestPath.normalize(path));
    }
}
