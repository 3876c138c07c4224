package customerservice.app.command.user;

import customerservice.app.command.console.CommandFailedException;
import customerservice.app.command.console.Console;
import customerservice.app.command.console.Operator;
import customerservice.app.command.console.SourceOptions;
import customerservice.app.configuration.Configuration;
import customerservice.app.configuration.Credential;
import customerservice.app.logging.Logs;
import customerservice.app.service.ModuleSettings;
import customerservice.app.service.Schema;
import customerservice.auth.account.PasswordCheck;
import customerservice.auth.account.Users;
import customerservice.auth.password.Passwords;
import customerservice.domain.audit.AuditListener;
import customerservice.domain.identity.User;
import customerservice.domain.identity.UserPatch;
import customerservice.persistence.Database;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.function.BiFunction;
import java.util.function.Function;
import picocli.CommandLine.Command;

/** What the commands about users have in common. */
@Command(name = "user", description = "look after the people who may sign in")
public final class UserCommand {

    /** Opens the users for one piece of work, if the schema is the one that this release knows. */
    static <T> T withUsers(Configuration configuration, Function<Users, T> work) {
        Logs.ofCommand();
        Clock clock = Clock.systemUTC();
        var random = new SecureRandom();
        try (Database database = Database.openForOneTask(ModuleSettings.databaseOfCommand(configuration), clock)) {
            database.requireServer();
            Schema.requireCurrent(database);
            var passwords = new Passwords(1, 0, random);
            // The audit trail's row is enough: the log of the shell is nobody's.
            AuditListener nobody = entry -> {};
            var check = new PasswordCheck(database.signInHistory(), database.users(), passwords, nobody, clock);
            return work.apply(new Users(database.users(), passwords, check, nobody, clock, random));
        }
    }

    /**
     * Does one piece of work with the user of this name.
     *
     * @throws CommandFailedException if there is none
     */
    static <T> T withUser(Configuration configuration, String name, BiFunction<Users, User, T> work) {
        return withUsers(configuration, users -> {
            User user = users.find(name)
                    .orElseThrow(() -> new CommandFailedException("there is no user " + name));
            return work.apply(users, user);
        });
    }

    /**
     * Changes the user of this name, on behalf of whoever is at the shell.
     *
     * @throws CommandFailedException if there is none
     */
    static void amend(SourceOptions options, Console console, String name, UserPatch patch) {
        withUser(
                options.load(console, Credential.DB_PASSWORD),
                name,
                (users, user) -> users.amend(user.id(), patch, new Operator(console.environment()).caller()));
    }
}
