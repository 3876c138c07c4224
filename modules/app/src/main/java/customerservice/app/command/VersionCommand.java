package customerservice.app.command;

import customerservice.app.command.console.Console;
import customerservice.app.service.Build;
import customerservice.app.service.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Says what this is made of. */
@Command(name = "version", description = "say the version, the commit, the JDK, and all modules of the image")
final class VersionCommand implements Callable<Integer> {

    private final Console console;

    VersionCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Build build = Build.current();
        console.out().println("customer-service " + build.version());
        console.out().println("commit " + build.commit() + ", " + build.commitTime());
        console.out().println("JDK " + Runtime.version() + ", " + System.getProperty("java.vendor"));
        ModuleLayer.boot().modules().stream()
                .map(module -> module.getDescriptor().toNameAndVersion())
                .sorted()
                .forEach(console.out()::println);
        return ExitCode.OK;
    }
}
