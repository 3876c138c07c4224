package customerservice.api.transport.http1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.api.Connection;
import customerservice.api.Reply;
import customerservice.api.RunningApi;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Methods are case-sensitive tokens (RFC 9110, section 9.1). */
class MethodTest {

    @Test
    void methodInOtherCaseIsAnotherMethod() {
        try (var api = new RunningApi()) {
            String path = "/v1/customers/" + api.create("Ada", "ada@example.com");
            for (String method : List.of("delete", "Delete", "DELETe", "get", "put", "options")) {
                Reply reply = api.call(method, path);

                assertEquals(405, reply.status(), method);
                assertEquals(Optional.of("GET, HEAD, PUT, PATCH, DELETE, OPTIONS"), reply.field("Allow"));
            }
            assertEquals(200, api.call("GET", path).status());
        }
    }

    @Test
    void methodThatIsNoTokenIsTheClientsFault() {
        try (var api = new RunningApi()) {
            for (int octet = 0; octet < 256; octet++) {
                boolean token = octet > ' ' && octet < 0x7F && "\"(),/:;<=>?@[\\]{}".indexOf(octet) < 0;
                try (Connection connection = api.connect()) {
                    String request = "X" + (char) octet + "T /health/live HTTP/1.1\r\nHost: a\r\n\r\n";
                    Reply reply = connection.send(request).read();

                    assertEquals(token ? 405 : 400, reply.status(), request);
                }
            }
            assertFalse(api.accessEntries.stream().anyMatch(entry -> entry.status() >= 500));
            assertTrue(api.accessEntries.stream().allMatch(entry -> entry.status() >= 400));
        }
    }

    @Test
    void tunnelIsRefused() {
        try (var api = new RunningApi(); Connection connection = api.connect()) {
            Reply reply = connection.send("CONNECT a.example:443 HTTP/1.1\r\nHost: a.example:443\r\n\r\n").read();

            assertEquals(405, reply.status());
            assertEquals(Optional.of("GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"), reply.field("Allow"));
            assertEquals(Optional.of("close"), reply.field("Connection"));
        }
    }
}
