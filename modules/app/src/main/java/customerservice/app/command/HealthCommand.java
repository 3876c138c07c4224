package customerservice.app.command;

import customerservice.app.command.console.CommandFailedException;
import customerservice.app.command.console.Console;
import customerservice.app.command.console.RunningInstance;
import customerservice.app.command.console.SourceOptions;
import customerservice.app.configuration.Configuration;
import customerservice.app.configuration.Durations;
import customerservice.app.configuration.Key;
import customerservice.app.configuration.Keys;
import customerservice.app.service.Causes;
import customerservice.app.service.ExitCode;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Asks the instance on this host what a load balancer asks it. */
@Command(name = "health", description = "ask the instance on this host whether it serves; exit status 0 or 1")
final class HealthCommand implements Callable<Integer> {

    @Mixin
    private SourceOptions options;

    @Option(names = "--deep", description = "ask whether everything works that it depends on, too")
    private boolean deep;

    @Option(names = "--timeout", paramLabel = "DURATION", defaultValue = "5s", converter = ToDuration.class,
            description = "for the connection and for the answer, such as 500ms or 2s (default: ${DEFAULT-VALUE})")
    private Duration timeout;

    private final Console console;

    HealthCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Configuration configuration = options.load(console, Set.of());
        // Where the public listener wants to be told by proxies, the other one is asked: it gives the same answers.
        boolean proxied = configuration.get(Keys.SERVER_PROXY_PROTOCOL);
        Key<Integer> portKey = proxied ? Keys.MANAGEMENT_PORT : Keys.SERVER_PORT;
        int port = configuration.get(portKey);
        if (port == 0) {
            throw new CommandFailedException(portKey + " is 0: any port; which one, only the log says");
        }
        var instance = new RunningInstance(
                !proxied && configuration.get(Keys.SERVER_TLS),
                configuration.get(proxied ? Keys.MANAGEMENT_HOST : Keys.SERVER_HOST),
                port);
        String path = deep ? "/health/deep" : "/health/ready";
        try {
            RunningInstance.Answer answer = instance.get(path, timeout);
            console.out().println(instance.resolve(path) + ": " + answer.status() + " " + answer.body());
            return answer.status() == HttpURLConnection.HTTP_OK ? ExitCode.OK : ExitCode.FAILED;
        } catch (IOException e) {
            throw new CommandFailedException(instance.resolve(path) + ": " + Causes.innermost(e));
        }
    }

    private static final class ToDuration implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            // No timeout at all is what zero would mean to a socket.
            return Durations.parse(text)
                    .filter(duration -> duration.isPositive() && duration.compareTo(Duration.ofHours(1)) <= 0)
                    .orElseThrow(() -> new TypeConversionException(
                            "expected a duration from 1ms to 1h, such as 2s, not '" + text + "'"));
        }
    }
}
