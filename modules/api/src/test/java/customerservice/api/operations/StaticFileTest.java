package customerservice.api.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StaticFileTest {

    private final StaticFile file = new StaticFile("openapi.yaml", "application/yaml");

    @Test
    void everyAnswerSharesItsBytes() {
        assertSame(file.content(), file.content());
        assertSame(file.content().bytes(), file.content().bytes());
    }

    @Test
    void plainBytesAreTheFile() {
        String text = new String(file.content().bytes(), StandardCharsets.UTF_8);
        assertTrue(text.startsWith("openapi: 3.1"), text.substring(0, 20));
        assertEquals(text.length(), text.stripLeading().length());
    }

    @Test
    void fileThatTheBuildLeftOutIsAFault() {
        var missing = new StaticFile("nothing.txt", "text/plain");
        assertThrows(IllegalStateException.class, missing::content);
    }
}
