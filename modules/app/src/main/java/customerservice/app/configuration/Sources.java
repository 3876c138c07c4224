package customerservice.app.configuration;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Where the configuration comes from: a YAML file, the environment, and a directory of credentials. */
public final class Sources {

    static final Path DEFAULT_FILE = Path.of("/etc/customer-service/customer-service.yaml");

    static final String FILE_VARIABLE = Key.VARIABLE_PREFIX + "CONFIG";
    static final String CREDENTIALS_VARIABLE = Key.VARIABLE_PREFIX + "CREDENTIALS_DIRECTORY";

    /** Read by the launcher, before there is a JVM. */
    private static final String LAUNCHER_VARIABLE = Key.VARIABLE_PREFIX + "JVM_OPTIONS";

    /** Set by systemd for a unit with {@code LoadCredential=}; see systemd.exec(5). */
    private static final String SYSTEMD_CREDENTIALS_VARIABLE = "CREDENTIALS_DIRECTORY";

    /** For people, worded to follow "expected". Others come from outside as if they were another name. */
    static final String PATH = "a path in characters of the locale (LC_ALL, LC_CTYPE or LANG)";

    private final Map<String, String> environment;
    private final Path file;
    private final boolean fileNamed;
    private final Path credentials;

    private Sources(Map<String, String> environment, Path file, boolean fileNamed, Path credentials) {
        this.environment = environment;
        this.file = file;
        this.fileNamed = fileNamed;
        this.credentials = credentials;
    }

    /**
     * As the environment says: the file is {@code CUSTOMER_SERVICE_CONFIG} or, if that is not set and it exists, {@link
     * #DEFAULT_FILE}; the credentials are in {@code CUSTOMER_SERVICE_CREDENTIALS_DIRECTORY} or {@code
     * CREDENTIALS_DIRECTORY}.
     *
     * @throws ConfigurationException if one of them is no path
     */
    public static Sources of(Map<String, String> environment) {
        String file = environment.get(FILE_VARIABLE);
        String variable = environment.containsKey(CREDENTIALS_VARIABLE)
                ? CREDENTIALS_VARIABLE
                : SYSTEMD_CREDENTIALS_VARIABLE;
        String credentials = environment.get(variable);
        return new Sources(
                Map.copyOf(environment),
                file == null ? DEFAULT_FILE : path(FILE_VARIABLE, file),
                file != null,
                credentials == null ? null : path(variable, credentials));
    }

    private static Path path(String variable, String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new ConfigurationException(List.of(variable + ": expected " + PATH));
        }
    }

    /** Another file, which has to exist. */
    public Sources withFile(Path other) {
        return new Sources(environment, Objects.requireNonNull(other, "other"), true, credentials);
    }

    /** Another directory of credentials. */
    public Sources withCredentials(Path other) {
        return new Sources(environment, file, fileNamed, Objects.requireNonNull(other, "other"));
    }

    /** Whether a variable is one that names a source and not a key's value. */
    static boolean isReserved(String variable) {
        return variable.equals(FILE_VARIABLE)
                || variable.equals(CREDENTIALS_VARIABLE)
                || variable.equals(LAUNCHER_VARIABLE);
    }

    Map<String, String> environment() {
        return environment;
    }

    Path file() {
        return file;
    }

    /** Whether somebody asked for this file, which then has to exist. */
    boolean fileNamed() {
        return fileNamed;
    }

    Optional<Path> credentials() {
        return Optional.ofNullable(credentials);
    }
}
