package customerservice.app.command;

import customerservice.app.command.console.CommandFailedException;
import customerservice.app.command.console.Console;
import customerservice.app.command.console.SourceOptions;
import customerservice.app.configuration.Configuration;
import customerservice.app.configuration.Credential;
import customerservice.app.configuration.Keys;
import customerservice.app.logging.Logs;
import customerservice.app.service.ExitCode;
import customerservice.app.service.ModuleSettings;
import customerservice.persistence.connection.DatabaseSettings;
import customerservice.persistence.schema.Migrations;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.logging.Logger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Applies migrations, logging as the service does, for it is a step of a deployment; or lists what is pending. */
@Command(name = "migrate", description = "bring the database's schema up to date")
final class MigrateCommand implements Callable<Integer> {

    private static final Logger LOGGER = Logger.getLogger(MigrateCommand.class.getName());

    @Mixin
    private SourceOptions options;

    @Option(names = "--status", description = "only list the migrations that are pending")
    private boolean statusOnly;

    private final Console console;

    MigrateCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Configuration configuration = options.load(console, Credential.DB_MIGRATION_PASSWORD);
        DatabaseSettings settings = ModuleSettings.databaseToMigrate(configuration);
        if (statusOnly) {
            status(settings);
        } else {
            apply(configuration, settings);
        }
        return ExitCode.OK;
    }

    private void status(DatabaseSettings settings) {
        Logs.ofCommand();
        List<String> pending = Migrations.pending(settings);
        for (String id : pending) {
            console.out().println("pending " + id);
        }
        if (pending.isEmpty()) {
            console.out().println("the schema is up to date");
        }
    }

    private static void apply(Configuration configuration, DatabaseSettings settings) {
        Logs logs = Logs.ofService();
        logs.configure(configuration);
        try {
            List<String> pending = Migrations.pending(settings);
            Migrations.apply(settings, configuration.get(Keys.DATABASE_USER));
            LOGGER.info(pending.isEmpty()
                    ? "the schema was up to date"
                    : "the schema is up to date; applied " + String.join(", ", pending));
        } finally {
            logs.flush();
        }
        if (logs.dropped() > 0) {
            throw new CommandFailedException("the schema is up to date, but the log could not be written");
        }
    }
}
