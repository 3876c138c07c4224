package customerservice.app.configuration;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Collects what the sources say, and everything that is wrong with it. Later sources win. */
final class Settings {

    private final Map<Key<?>, Setting> byKey = new HashMap<>();
    private final List<String> problems = new ArrayList<>();

    void put(Key<?> key, Setting setting) {
        byKey.put(key, setting);
    }

    /** The parsed value, or the default; null if it is no good, which is then among the problems. */
    <T> T value(Key<T> key, Sources sources) {
        Setting setting = byKey.get(key);
        if (setting == null) {
            return defaultValue(key, sources);
        }
        if (!key.type().accepts(setting.kind())) {
            problem(setting.origin(), key.name(), "expected " + key.description() + ", not " + written(setting.kind()));
            return null;
        }
        try {
            return key.type().parse(setting.text());
        } catch (InvalidValueException e) {
            problem(setting.origin(), key.name(), e.getMessage());
            return null;
        }
    }

    /** As it was written; the default's text if it was not. */
    String text(Key<?> key) {
        Setting setting = byKey.get(key);
        return setting == null ? key.defaultText().orElse("") : setting.text();
    }

    /** If both are good for themselves. */
    void requireShorter(Key<Duration> shorter, Key<Duration> longer, Map<Key<?>, Object> values) {
        if (values.get(shorter) instanceof Duration less
                && values.get(longer) instanceof Duration more
                && less.compareTo(more) >= 0) {
            Setting setting = byKey.getOrDefault(shorter, byKey.get(longer));
            problem(setting.origin(), shorter.name(), "has to be shorter than " + longer.name());
        }
    }

    void problem(String origin, String name, String problem) {
        problems.add(origin + ": " + name + ": " + problem);
    }

    void problem(String problem) {
        problems.add(problem);
    }

    List<String> problems() {
        return problems;
    }

    private <T> T defaultValue(Key<T> key, Sources sources) {
        if (key.defaultText().isEmpty()) {
            problem(key.name() + ": is required; set it in " + sources.file() + " or as " + key.variable());
            return null;
        }
        return key.type().parse(key.defaultText().get());
    }

    private static String written(Setting.Kind kind) {
        return switch (kind) {
            case TEXT, UNTYPED -> "text";
            case NUMBER -> "a number (put it into quotes if it is meant as text)";
            case BOOLEAN -> "true or false (put it into quotes if it is meant as text)";
            case LIST -> "a list";
            case MAP -> "a mapping";
        };
    }
}
