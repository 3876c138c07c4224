package customerservice.app.configuration;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Tells a known name from an unknown one, and what may have been meant. */
final class KnownNames {

    /** Fewer than so many wrong letters, and a name is taken for a slip of the pen. */
    private static final int TOO_FAR = 4;

    private static final List<String> SECRET_WORDS = List.of("password", "passwd", "secret", "private_key", "jwt_key",
            "credential");

    private KnownNames() {}

    static Optional<Key<?>> keyInFile(String name) {
        for (Key<?> key : Keys.all()) {
            if (key.name().equals(name)) {
                return Optional.of(key);
            }
        }
        return Optional.empty();
    }

    static Optional<Key<?>> keyOfVariable(String variable) {
        for (Key<?> key : Keys.all()) {
            if (key.variable().equals(variable)) {
                return Optional.of(key);
            }
        }
        return Optional.empty();
    }

    static boolean isSection(String name) {
        String prefix = name + ".";
        for (Key<?> key : Keys.all()) {
            if (key.name().startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }

    /** What is wrong with such a name in the file; the suggestion is in its section, if there is one. */
    static String unknownInFile(String name) {
        if (soundsSecret(name)) {
            return secretHint();
        }
        int dot = name.lastIndexOf('.') + 1;
        String section = name.substring(0, dot);
        List<String> siblings = new ArrayList<>();
        for (Key<?> key : Keys.all()) {
            if (key.name().startsWith(section)) {
                String rest = key.name().substring(dot);
                int end = rest.indexOf('.');
                siblings.add(end < 0 ? rest : rest.substring(0, end));
            }
        }
        return "unknown key" + suggestion(name.substring(dot), siblings);
    }

    static String unknownVariable(String variable) {
        if (soundsSecret(variable)) {
            return secretHint();
        }
        List<String> variables = new ArrayList<>(List.of(Sources.FILE_VARIABLE, Sources.CREDENTIALS_VARIABLE));
        for (Key<?> key : Keys.all()) {
            variables.add(key.variable());
        }
        return "unknown variable" + suggestion(variable, variables);
    }

    private static boolean soundsSecret(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        for (String word : SECRET_WORDS) {
            if (lower.contains(word)) {
                return true;
            }
        }
        return false;
    }

    private static String secretHint() {
        var files = new StringBuilder();
        for (Credential credential : Credential.values()) {
            files.append(files.isEmpty() ? "" : ", ").append(credential.fileName());
        }
        return "unknown; secrets are not configured here but are files in the credentials directory (" + files + ")";
    }

    private static String suggestion(String given, List<String> known) {
        String nearest = null;
        int distance = TOO_FAR;
        for (String candidate : known) {
            int d = distance(given, candidate);
            if (d < distance) {
                distance = d;
                nearest = candidate;
            }
        }
        return nearest == null ? "" : " (did you mean " + nearest + "?)";
    }

    /** Levenshtein's: how many letters have to be put in, taken out or replaced. */
    private static int distance(String a, String b) {
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
            }
            previous = current;
        }
        return previous[b.length()];
    }
}
