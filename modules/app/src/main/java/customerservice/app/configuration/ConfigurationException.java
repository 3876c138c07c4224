package customerservice.app.configuration;

import java.util.List;

/** The configuration cannot be used; says everything that is wrong with it, one problem a line. */
public final class ConfigurationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    public ConfigurationException(List<String> problems) {
        super(String.join("\n", problems), null, false, false);
        this.problems = List.copyOf(problems);
    }

    /** At least one; each names its place (file and line, or variable) and its key, and never a secret's value. */
    public List<String> problems() {
        return problems;
    }
}
