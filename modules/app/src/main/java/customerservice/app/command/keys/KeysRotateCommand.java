package customerservice.app.command.keys;

import customerservice.app.command.console.Console;
import customerservice.app.configuration.Durations;
import customerservice.app.service.ExitCode;
import customerservice.auth.key.KeyDescription;
import customerservice.auth.key.SigningAlgorithm;
import customerservice.auth.key.StoredKeySet;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Takes the keys one step on. Needs no database: the instances that take the file up tell the audit trail. */
@Command(name = "rotate",
        description = "take the signing keys one step on: the next key becomes the current one, the current one"
                + " previous, a new next one is made, previous ones that nobody needs are dropped")
public final class KeysRotateCommand implements Callable<Integer> {

    @Mixin
    private KeyFileOption option;

    @Option(names = "--algorithm", paramLabel = "ALGORITHM",
            description = "of the new key: RS256 or ES256 (default: that of the current one)")
    private SigningAlgorithm algorithm;

    @Option(names = "--published", paramLabel = "DURATION", defaultValue = "10m", converter = ToDuration.class,
            description = "a key that has been the next one for less does not become current, for there may be instances"
                    + " that do not know it (default: ${DEFAULT-VALUE})")
    private Duration published;

    @Option(names = "--keep", paramLabel = "DURATION", defaultValue = "25h", converter = ToDuration.class,
            description = "how long previous keys are kept for the tokens that they signed (default: ${DEFAULT-VALUE},"
                    + " an hour more than a token can live)")
    private Duration kept;

    @Option(names = "--force", description = "make the next key the current one, however new it is")
    private boolean force;

    private final Console console;

    public KeysRotateCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Path file = option.file(console);
        try (var replacement = new FileReplacement(file)) {
            StoredKeySet before = StoredKeySet.load(file);
            StoredKeySet after = before.rotate(
                    force ? Duration.ZERO : published, kept, Optional.ofNullable(algorithm), Clock.systemUTC());
            replacement.prepare(after.json());
            report(before.descriptions(), after.descriptions());
            console.deliver();
            replacement.commit();
        }
        return ExitCode.OK;
    }

    private void report(List<KeyDescription> before, List<KeyDescription> after) {
        KeysListCommand.print(after, console.out());
        for (KeyDescription key : before) {
            if (after.stream().noneMatch(kept -> kept.id().equals(key.id()))) {
                console.out().println("dropped " + key.id());
            }
        }
        if (before.stream().noneMatch(key -> key.status().equals("next"))) {
            console.out().println("there was no next key, so the current one stays until the next rotation");
        }
    }

    private static final class ToDuration implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            return Durations.parse(text)
                    .orElseThrow(() -> new TypeConversionException(
                            "expected a duration such as 10m or 25h, not '" + text + "'"));
        }
    }
}
