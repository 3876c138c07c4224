package customerservice.app.configuration;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * How one instance is to run: defaults, overridden by the YAML file, overridden by the environment; and the credentials.
 * Every value has been checked; immutable.
 */
public final class Configuration {

    private final Map<Key<?>, Object> values;
    private final Map<String, String> effective;
    private final Map<Credential, Path> credentialFiles;
    private final String databasePassword;

    private Configuration(
            Map<Key<?>, Object> values,
            Map<String, String> effective,
            Map<Credential, Path> credentialFiles,
            String databasePassword) {
        this.values = values;
        this.effective = effective;
        this.credentialFiles = credentialFiles;
        this.databasePassword = databasePassword;
    }

    /**
     * Reads all sources.
     *
     * @param needed the credentials that must be there, those of TLS only if the listener is to speak it; others are not
     *     looked for
     * @throws ConfigurationException naming every unknown key and variable, every value that is missing, of the wrong
     *     type or out of range, and every credential that is needed and not there
     */
    public static Configuration load(Sources sources, Set<Credential> needed) {
        Objects.requireNonNull(sources, "sources");
        var settings = new Settings();
        if (Files.exists(sources.file())) {
            YamlFile.read(sources.file(), settings);
        } else if (sources.fileNamed()) {
            settings.problem(sources.file() + ": no such file");
        }
        readEnvironment(sources.environment(), settings);

        Map<Key<?>, Object> values = new HashMap<>();
        Map<String, String> effective = new LinkedHashMap<>();
        for (Key<?> key : Keys.all()) {
            values.put(key, settings.value(key, sources));
            effective.put(key.name(), settings.text(key));
        }
        settings.requireShorter(Keys.DATABASE_STATEMENT_TIMEOUT, Keys.DATABASE_SOCKET_TIMEOUT, values);
        Map<Credential, Path> files = new EnumMap<>(Credential.class);
        String databasePassword = null;
        for (Credential credential : Credential.values()) {
            boolean wanted = needed.contains(credential)
                    && (!credential.isOfTls() || Boolean.TRUE.equals(values.get(Keys.SERVER_TLS)));
            Optional<Path> directory = directory(credential, values, sources);
            String content = wanted
                    ? CredentialFiles.read(credential, directory, settings)
                    : null;
            if (content != null) {
                files.put(credential, directory.orElseThrow().resolve(credential.fileName()));
                effective.put(credential.fileName(), "***");
                if (credential == Credential.DB_PASSWORD) {
                    databasePassword = CredentialFiles.withoutNewline(content);
                }
            }
        }
        if (!settings.problems().isEmpty()) {
            throw new ConfigurationException(settings.problems());
        }
        return new Configuration(values, effective, files, databasePassword);
    }

    private static Optional<Path> directory(Credential credential, Map<Key<?>, Object> values, Sources sources) {
        if (credential.isLive() && values.get(Keys.KEYS_DIRECTORY) instanceof String live && !live.isEmpty()) {
            return Optional.of(Path.of(live));
        }
        return sources.credentials();
    }

    /** The value that is in force. */
    public <T> T get(Key<T> key) {
        @SuppressWarnings("unchecked") // the key's own type made it
        T value = (T) values.get(key);
        return Objects.requireNonNull(value, key.name());
    }

    /**
     * Where a credential is.
     *
     * @throws NoSuchElementException if it was not asked for when the configuration was loaded
     */
    public Path credentialFile(Credential credential) {
        Path file = credentialFiles.get(credential);
        if (file == null) {
            throw new NoSuchElementException(credential.fileName());
        }
        return file;
    }

    /** All that were asked for, and where they are. */
    public Map<Credential, Path> credentialFiles() {
        return Collections.unmodifiableMap(credentialFiles);
    }

    /**
     * The database user's password.
     *
     * @throws NoSuchElementException if it was not asked for when the configuration was loaded
     */
    public String databasePassword() {
        if (databasePassword == null) {
            throw new NoSuchElementException(Credential.DB_PASSWORD.fileName());
        }
        return databasePassword;
    }

    /** All keys with what is in force, as one would write it; secrets masked. */
    public Map<String, String> effective() {
        return Collections.unmodifiableMap(effective);
    }

    /** Masks the secrets. */
    @Override
    public String toString() {
        return effective.toString();
    }

    private static void readEnvironment(Map<String, String> environment, Settings settings) {
        for (Map.Entry<String, String> entry : environment.entrySet()) {
            String variable = entry.getKey();
            if (!variable.startsWith(Key.VARIABLE_PREFIX) || Sources.isReserved(variable)) {
                continue;
            }
            KnownNames.keyOfVariable(variable)
                    .ifPresentOrElse(
                            key -> settings.put(
                                    key, new Setting(entry.getValue(), Setting.Kind.UNTYPED, variable)),
                            () -> settings.problem(variable + ": " + KnownNames.unknownVariable(variable)));
        }
    }
}
