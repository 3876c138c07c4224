package customerservice.testbed;

import customerservice.app.configuration.Credential;
import customerservice.auth.key.SigningAlgorithm;
import customerservice.auth.key.SigningKeys;
import customerservice.testsupport.WorkingDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;

/** A directory of credentials, made at run time: nothing secret lies in the repository. */
public final class Credentials implements AutoCloseable {

    private final Path directory = WorkingDirectory.temporary("customer-service-credentials-");

    private Credentials() {}

    /** New signing keys, and this password of the database's user; the caller closes it. */
    @SuppressWarnings("exports") // the modules that use this may use that
    public static Credentials create(String databasePassword, SigningAlgorithm algorithm) {
        var credentials = new Credentials();
        credentials.write(Credential.DB_PASSWORD, databasePassword);
        credentials.write(Credential.JWT_KEYS, SigningKeys.generate(algorithm, Clock.systemUTC()));
        return credentials;
    }

    public Path directory() {
        return directory;
    }

    /** The file with the signing keys. */
    public Path signingKeys() {
        return directory.resolve(Credential.JWT_KEYS.fileName());
    }

    private void write(Credential credential, String content) {
        try {
            Path file = Files.createFile(
                    directory.resolve(credential.fileName()),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Removes the files. */
    @Override
    public void close() {
        WorkingDirectory.delete(directory);
    }
}
