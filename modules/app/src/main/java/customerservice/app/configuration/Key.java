package customerservice.app.configuration;

import java.util.Locale;
import java.util.Optional;

/**
 * One thing that can be configured.
 *
 * @param <T> of its value
 */
public final class Key<T> {

    static final String VARIABLE_PREFIX = "CUSTOMER_SERVICE_";

    private final String name;
    private final ValueType<T> type;
    private final String defaultText;
    private final String meaning;

    /** @param defaultText as one would write it; null if the key has to be given */
    Key(String name, ValueType<T> type, String defaultText, String meaning) {
        this.name = name;
        this.type = type;
        this.defaultText = defaultText;
        this.meaning = meaning;
    }

    /** Such as {@code database.pool_size}: section and name in the YAML file. */
    String name() {
        return name;
    }

    /** Such as {@code CUSTOMER_SERVICE_DATABASE_POOL_SIZE}. */
    String variable() {
        return VARIABLE_PREFIX + name.replace('.', '_').toUpperCase(Locale.ROOT);
    }

    /** For people: what values it takes. */
    String description() {
        return type.description();
    }

    /** As one would write it; empty if the key has to be given. */
    Optional<String> defaultText() {
        return Optional.ofNullable(defaultText);
    }

    /** For people: what it is for. */
    String meaning() {
        return meaning;
    }

    ValueType<T> type() {
        return type;
    }

    @Override
    public String toString() {
        return name;
    }
}
