package customerservice.app.command.console;

import customerservice.app.configuration.Configuration;
import customerservice.app.configuration.Credential;
import customerservice.app.configuration.Sources;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Option;

/** Where the configuration is; the same for every command that needs it. */
public final class SourceOptions {

    @Option(names = "--config", paramLabel = "FILE",
            description = "configuration file (default: /etc/customer-service/customer-service.yaml)")
    private Path file;

    @Option(names = "--credentials", paramLabel = "DIRECTORY",
            description = "directory of the secrets (default: $$CREDENTIALS_DIRECTORY)")
    private Path credentials;

    SourceOptions() {} // for picocli

    public Sources sources(Map<String, String> environment) {
        Sources sources = Sources.of(environment);
        if (file != null) {
            sources = sources.withFile(file);
        }
        if (credentials != null) {
            sources = sources.withCredentials(credentials);
        }
        return sources;
    }

    public Configuration load(Console console, Credential needed) {
        return load(console, Set.of(needed));
    }

    public Configuration load(Console console, Set<Credential> needed) {
        return Configuration.load(sources(console.environment()), needed);
    }
}
