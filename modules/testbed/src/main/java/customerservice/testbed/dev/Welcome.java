package customerservice.testbed.dev;

import customerservice.testbed.TestDatabase;
import customerservice.testsupport.WorkingDirectory;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * What a developer is told when everything runs. The access token, some 700 characters, is put into a file that {@code
 * curl} takes as a header field, so that the line to paste is a line.
 */
final class Welcome {

    private final Path folder;

    private Welcome(Path folder) {
        this.folder = folder;
    }

    static Welcome print(
            DevelopmentSettings settings,
            TestDatabase database,
            String user,
            String password,
            String token,
            int customers,
            PrintStream out) throws IOException {
        Path folder = settings.root().resolve("target").resolve("dev-" + settings.port());
        Path authorization = write(folder, token);
        String psql = "postgresql://" + TestDatabase.SERVICE + ":" + database.password() + "@"
                + database.url().substring(database.url().indexOf("//") + 2);
        out.print("""

                The service runs, with %d sample customers.

                  API         %2$s/v1/customers
                  API's docs  %2$s/docs
                  metrics     %3$s/metrics
                  signs in    %4$s, password %5$s
                  PostgreSQL  psql '%6$s'

                Call it; the token in this file is good for 24 hours:

                  curl -H %7$s '%2$s/v1/customers?limit=3'

                Or get a token of your own:

                  curl -H 'Content-Type: application/json' -d '{"username":"%4$s","password":"%5$s"}' %2$s/v1/auth/login

                It is compiled and started again when a file in modules/*/src/main changes; the database stays.
                Ctrl-C ends everything and leaves nothing behind.

                """
                .formatted(
                        customers,
                        settings.address(),
                        settings.managementAddress(),
                        user,
                        password,
                        psql,
                        quoted("@" + authorization)));
        out.flush();
        return new Welcome(folder);
    }

    private static Path write(Path folder, String token) throws IOException {
        WorkingDirectory.delete(folder); // of a run that was killed
        Files.createDirectories(folder);
        Path file = Files.createFile(
                folder.resolve("authorization"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(file, "Authorization: Bearer " + token + "\n");
    }

    /** For a POSIX shell. */
    private static String quoted(String word) {
        boolean plain = word.chars().allMatch(c -> Character.isLetterOrDigit(c) || "@/._-+".indexOf(c) >= 0);
        return plain ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    /** Removes the token. */
    void forget() {
        WorkingDirectory.delete(folder);
    }
}
