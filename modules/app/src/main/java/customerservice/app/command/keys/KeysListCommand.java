package customerservice.app.command.keys;

import customerservice.app.command.console.Console;
import customerservice.app.service.ExitCode;
import customerservice.auth.key.KeyDescription;
import customerservice.auth.key.StoredKeySet;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the signing keys, one a line. */
@Command(name = "list", description = "list all keys: id, algorithm, status, since when")
public final class KeysListCommand implements Callable<Integer> {

    @Mixin
    private KeyFileOption option;

    private final Console console;

    public KeysListCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        print(StoredKeySet.load(option.file(console)).descriptions(), console.out());
        return ExitCode.OK;
    }

    static void print(List<KeyDescription> keys, PrintWriter out) {
        for (KeyDescription key : keys) {
            out.printf(
                    "%-20s %-6s %-8s %s%n",
                    key.id(),
                    key.algorithm(),
                    key.status(),
                    key.since().map(Instant::toString).orElse("-"));
        }
    }
}
