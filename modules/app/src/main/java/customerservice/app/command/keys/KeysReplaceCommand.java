package customerservice.app.command.keys;

import customerservice.app.command.console.CommandFailedException;
import customerservice.app.command.console.Console;
import customerservice.app.service.ExitCode;
import customerservice.auth.key.KeyDescription;
import customerservice.auth.key.SigningAlgorithm;
import customerservice.auth.key.StoredKeySet;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Replaces all keys at once. Needs no database, as {@link KeysRotateCommand} does not. */
@Command(name = "replace",
        description = "replace all signing keys at once by a current and a next one that are new, as when the file has"
                + " leaked; every access token is refused from then on")
public final class KeysReplaceCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private KeyFileOption option;

    @Option(names = "--algorithm", paramLabel = "ALGORITHM",
            description = "of the new keys: RS256 or ES256 (default: that of the current one)")
    private SigningAlgorithm algorithm;

    @Option(names = "--yes", description = "do not ask first; needed where there is no terminal to ask")
    private boolean yes;

    private final Console console;

    public KeysReplaceCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (!yes && console.terminal().isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "there is no terminal to ask whether all keys are to be replaced: say --yes");
        }
        Path file = option.file(console);
        if (!yes) {
            // Before the replacement is begun: whoever ends the question by a signal is to leave nothing behind.
            ask(console.terminal().orElseThrow(), file, StoredKeySet.load(file));
        }
        try (var replacement = new FileReplacement(file)) {
            StoredKeySet before = StoredKeySet.load(file);
            StoredKeySet after = before.replace(Optional.ofNullable(algorithm), Clock.systemUTC());
            replacement.prepare(after.json());
            KeysListCommand.print(after.descriptions(), console.out());
            console.out().println("replaced " + named(before));
            console.deliver();
            replacement.commit();
        }
        return ExitCode.OK;
    }

    private static void ask(Console.Terminal terminal, Path file, StoredKeySet keys) {
        String question = file + " has " + named(keys)
                + "\nReplace all of them, so that every access token is refused? [yes/no] ";
        if (terminal.readLine(question).filter("yes"::equals).isEmpty()) {
            throw new CommandFailedException("nothing was replaced");
        }
    }

    private static String named(StoredKeySet keys) {
        List<KeyDescription> all = keys.descriptions();
        return (all.size() == 1 ? "1 key: " : all.size() + " keys: ")
                + all.stream().map(KeyDescription::id).collect(Collectors.joining(", "));
    }
}
