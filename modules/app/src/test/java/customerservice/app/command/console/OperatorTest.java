package customerservice.app.command.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.domain.Caller;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OperatorTest {

    @TempDir
    private Path folder;

    @BeforeEach
    void makeAHost() throws IOException {
        write("passwd", "root:x:0:0:root:/root:/bin/bash\nada:x:1000:1000:Ada:/home/ada:/bin/bash\n");
        write("status", "Name:\tjava\nUid:\t1000\t0\t0\t0\nGid:\t0\t0\t0\t0\n");
    }

    @Test
    void whoHasLoggedInIsNamedThoughItIsRootByNow() throws IOException {
        write("loginuid", "1000");
        assertEquals("system:ada", actor(Map.of("SUDO_UID", "0")));
    }

    @Test
    void withoutALoginItIsWhoCalledSudo() throws IOException {
        write("loginuid", "4294967295");
        assertEquals("system:ada", actor(Map.of("SUDO_UID", "1000")));
    }

    @Test
    void withoutEitherItIsTheUserOfTheProcess() {
        assertEquals("system:root", actor(Map.of()));
    }

    @Test
    void whoHasNoNameOnTheHostIsANumber() throws IOException {
        write("loginuid", "70001");
        assertEquals("system:uid-70001", actor(Map.of()));
    }

    @Test
    void whatIsNoNumberIsNotBelieved() {
        assertEquals("system:root", actor(Map.of("SUDO_UID", "1000\nada")));
    }

    @Test
    void nobodyKnowsWhereNothingCanBeRead() throws IOException {
        Files.delete(folder.resolve("status"));
        assertEquals("system:unknown", actor(Map.of()));
    }

    @Test
    void aCommandHasAnIdOfItsOwn() {
        Caller caller = new Operator(Map.of()).caller();
        assertTrue(caller.requestId().startsWith("command-"));
        assertEquals("local", caller.sourceAddress());
    }

    private String actor(Map<String, String> environment) {
        return new Operator(folder, folder.resolve("passwd"), environment).caller().actor();
    }

    private void write(String name, String content) throws IOException {
        Files.writeString(folder.resolve(name), content);
    }
}
