package customerservice.app.configuration;

/**
 * A value as it was written, before it is known to be any good.
 *
 * @param kind what YAML takes it for; of an environment variable {@link Kind#UNTYPED}
 * @param origin where it was written: {@code <file>:<line>} or the variable's name
 */
record Setting(String text, Kind kind, String origin) {

    enum Kind {
        UNTYPED,
        TEXT,
        NUMBER,
        BOOLEAN,
        LIST,
        MAP
    }
}
