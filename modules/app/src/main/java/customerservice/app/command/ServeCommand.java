package customerservice.app.command;

import customerservice.app.command.console.Console;
import customerservice.app.command.console.SourceOptions;
import customerservice.app.service.Serve;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** For {@code serve} with a command line that is not plain, and for its help. */
@Command(name = "serve", description = "run the service in the foreground")
final class ServeCommand implements Callable<Integer> {

    @Mixin
    private SourceOptions options;

    private final Console console;

    ServeCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        return new Serve(options.sources(console.environment())).run();
    }
}
