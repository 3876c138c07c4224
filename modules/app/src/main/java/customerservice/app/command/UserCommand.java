package customerservice.app.command;

import customerservice.app.Schema;
import customerservice.app.ModuleSettings;
import customerservice.app.configuration.Configuration;
import customerservice.app.logging.Logs;
import customerservice.auth.Passwords;
import customerservice.auth.Users;
import customerservice.domain.Caller;
import customerservice.persistence.Database;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.UUID;
import java.util.function.Function;
import picocli.CommandLine.Command;

/** What the commands about users have in common. */
@Command(name = "user", description = "look after the people who may sign in")
final class UserCommand {

    /** Opens the users for one piece of work, if the schema is the one that this release knows. */
    static <T> T withUsers(Configuration configuration, Function<Users, T> work) {
        Logs.ofCommand();
        Clock clock = Clock.systemUTC();
        var random = new SecureRandom();
        try (Database database = Database.open(ModuleSettings.databaseOfCommand(configuration), clock)) {
            Schema.requireCurrent(database);
            // The audit trail's row is enough: the log of the shell is nobody's.
            return work.apply(new Users(database.users(), new Passwords(1, 0, random), entry -> {}, clock, random));
        }
    }

    /** Who did it, for the audit trail. */
    static Caller caller() {
        return new Caller("system", "command-" + UUID.randomUUID(), "local");
    }
}
