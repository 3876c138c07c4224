package customerservice.app;

import customerservice.app.command.Commands;
import customerservice.app.configuration.ConfigurationException;
import customerservice.app.configuration.Sources;
import customerservice.app.service.ExitCode;
import customerservice.app.service.Serve;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * The program. {@code serve} is told apart here, for it starts often and fast: neither the command line library nor any
 * other command is loaded for it.
 */
public final class Main {

    private Main() {}

    /** Ends the JVM, with an {@link ExitCode}. */
    public static void main(String[] args) {
        Sources sources = serveSources(args);
        int code = sources != null ? new Serve(sources).run() : Commands.run(args);
        System.exit(code);
    }

    /** Null if this is not a plain {@code serve [--config FILE] [--credentials DIRECTORY]}. */
    private static Sources serveSources(String[] args) {
        if (args.length % 2 != 1 || !args[0].equals("serve")) {
            return null;
        }
        try {
            Sources sources = Sources.of(System.getenv());
            for (int i = 1; i < args.length; i += 2) {
                switch (args[i]) {
                    case "--config" -> sources = sources.withFile(Path.of(args[i + 1]));
                    case "--credentials" -> sources = sources.withCredentials(Path.of(args[i + 1]));
                    default -> {
                        return null;
                    }
                }
            }
            return sources;
        } catch (InvalidPathException | ConfigurationException e) {
            return null; // the other way to serve finds it again, and says it
        }
    }
}
