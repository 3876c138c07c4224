package customerservice.app.command.keys;

import customerservice.app.command.console.CommandFailedException;
import customerservice.app.command.console.Console;
import customerservice.app.service.ExitCode;
import customerservice.auth.key.SigningAlgorithm;
import customerservice.auth.key.SigningKeys;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes signing keys. */
@Command(name = "generate", description = "make the content of a new jwt-keys.json")
public final class KeysGenerateCommand implements Callable<Integer> {

    @Option(names = "--algorithm", paramLabel = "ALGORITHM", defaultValue = "RS256",
            description = "RS256 or ES256 (default: ${DEFAULT-VALUE})")
    private SigningAlgorithm algorithm;

    @Option(names = "--output", paramLabel = "FILE",
            description = "a new file, for its owner alone (default: standard output)")
    private Path output;

    private final Console console;

    public KeysGenerateCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        String keys = SigningKeys.generate(algorithm, Clock.systemUTC()).stripTrailing() + "\n";
        if (output == null) {
            console.out().print(keys);
        } else {
            write(keys);
        }
        return ExitCode.OK;
    }

    private void write(String keys) {
        try {
            NewFile.write(output, keys);
        } catch (FileAlreadyExistsException e) {
            throw new CommandFailedException(output + ": is there already, and is not overwritten");
        } catch (IOException e) {
            throw new CommandFailedException(output + ": cannot be written: " + e);
        }
    }
}
