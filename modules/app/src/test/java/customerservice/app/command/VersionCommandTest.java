package customerservice.app.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VersionCommandTest {

    private final Shell.Result result = new Shell(Map.of()).run("version");
    private final List<String> lines = result.out().lines().toList();

    @Test
    void needsNoConfiguration() {
        assertEquals(0, result.exitCode());
        assertEquals("", result.err());
    }

    @Test
    void saysVersionCommitAndJdk() {
        assertTrue(lines.get(0).startsWith("customer-service "), result.out());
        assertTrue(lines.get(1).startsWith("commit "), result.out());
        assertTrue(lines.get(2).startsWith("JDK " + Runtime.version()), result.out());
    }

    @Test
    void namesEveryModuleOfTheRunningImage() {
        List<String> modules = lines.subList(3, lines.size());
        assertEquals(ModuleLayer.boot().modules().size(), modules.size());
        assertTrue(modules.contains(Object.class.getModule().getDescriptor().toNameAndVersion()), result.out());
    }
}
