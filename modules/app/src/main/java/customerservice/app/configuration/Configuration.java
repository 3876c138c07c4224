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
    private final Map<Credential, String> passwords;

    private Configuration(
            Map<Key<?>, Object> values,
            Map<String, String> effective,
            Map<Credential, Path> credentialFiles,
            Map<Credential, String> passwords) {
        this.values = values;
        this.effective = effective;
        this.credentialFiles = credentialFiles;
        this.passwords = passwords;
    }

    /**
     * Reads all sources.
     *
     * @param needed the credentials that must be there, those of TLS only if the listener is to speak it, and the database
     *     user's for that of migrations if one role does both; others are not looked for
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
        Map<Credential, String> passwords = new EnumMap<>(Credential.class);
        for (Credential credential : Credential.values()) {
            boolean wanted = isWanted(credential, needed, values);
            Optional<Path> directory = directory(credential, values, sources);
            String content = wanted
                    ? CredentialFiles.read(credential, directory, settings)
                    : null;
            if (content != null) {
                files.put(credential, directory.orElseThrow().resolve(credential.fileName()));
                effective.put(credential.fileName(), "***");
                if (credential.isPassword()) {
                    passwords.put(credential, CredentialFiles.withoutNewline(content));
                }
            }
        }
        if (!settings.problems().isEmpty()) {
            throw new ConfigurationException(settings.problems());
        }
        return new Configuration(values, effective, files, passwords);
    }

    private static boolean isWanted(Credential credential, Set<Credential> needed, Map<Key<?>, Object> values) {
        // Null where the value itself is a problem
        boolean oneRole = "".equals(values.get(Keys.DATABASE_MIGRATION_USER));
        return switch (credential) {
            case DB_PASSWORD ->
                needed.contains(credential) || (oneRole && needed.contains(Credential.DB_MIGRATION_PASSWORD));
            case DB_MIGRATION_PASSWORD -> needed.contains(credential) && !oneRole;
            case TLS_CERTIFICATE, TLS_KEY ->
                needed.contains(credential) && Boolean.TRUE.equals(values.get(Keys.SERVER_TLS));
            case JWT_KEYS -> needed.contains(credential);
        };
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
        return password(Credential.DB_PASSWORD);
    }

    /**
     * The password of the role that migrates.
     *
     * @throws NoSuchElementException if it was not asked for when the configuration was loaded
     */
    public String migrationPassword() {
        return password(
                get(Keys.DATABASE_MIGRATION_USER).isEmpty()
                        ? Credential.DB_PASSWORD
                        : Credential.DB_MIGRATION_PASSWORD);
    }

    private String password(Credential credential) {
        String password = passwords.get(credential);
        if (password == null) {
            throw new NoSuchElementException(credential.fileName());
        }
        return password;
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
