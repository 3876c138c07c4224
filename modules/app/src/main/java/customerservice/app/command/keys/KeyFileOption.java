package customerservice.app.command.keys;

import customerservice.app.command.console.Console;
import customerservice.app.command.console.SourceOptions;
import customerservice.app.configuration.Credential;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which jwt-keys.json; the same for every command that looks after one. */
final class KeyFileOption {

    @Mixin
    private SourceOptions sources;

    @Option(names = "--file", paramLabel = "FILE",
            description = "a jwt-keys.json (default: the one that the service would use here)")
    private Path file;

    Path file(Console console) {
        return file != null
                ? file
                : sources.load(console, Credential.JWT_KEYS).credentialFile(Credential.JWT_KEYS);
    }
}
