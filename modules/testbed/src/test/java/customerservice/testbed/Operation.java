package customerservice.testbed;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the running service's own OpenAPI document says of an operation.
 *
 * @param scope the one that a token needs; empty if no token is needed
 * @param own whether those whom the path's parameter names need a token, but not the scope
 */
record Operation(String method, String template, Optional<String> scope, boolean own) {

    private static final Pattern PATH = Pattern.compile("  (/\\S*):");
    private static final Pattern METHOD = Pattern.compile("    (get|put|post|delete|options|head|patch|trace):");
    private static final Pattern SCOPE = Pattern.compile("        - accessToken: \\[(.*)]");

    /**
     * All of them, and a HEAD for each GET. Goes by the lines of the document, whose layout is its own; what this overlooks
     * is missing when compared with what the service allows.
     *
     * @throws IllegalStateException if an operation does not declare who may use it
     */
    static List<Operation> declaredBy(URI address) {
        List<Operation> operations = new ArrayList<>();
        String path = "";
        String method = "";
        List<String> scopes = null;
        for (String line : (ApiClient.anonymous(address).get("/openapi.yaml").text() + "\ncomponents:").split("\n",
                -1)) {
            Matcher atPath = PATH.matcher(line);
            Matcher atMethod = METHOD.matcher(line);
            Matcher atScope = SCOPE.matcher(line);
            boolean next = atPath.matches() || atMethod.matches() || line.equals("components:");
            if (next && !method.isEmpty()) {
                add(operations, method, path, scopes);
                method = "";
            }
            if (atPath.matches()) {
                path = atPath.group(1);
            } else if (atMethod.matches()) {
                method = atMethod.group(1).toUpperCase(Locale.ROOT);
                scopes = null;
            } else if (line.startsWith("      security:")) {
                scopes = new ArrayList<>();
            } else if (atScope.matches() && scopes != null) {
                scopes.add(atScope.group(1));
            }
        }
        return operations;
    }

    private static void add(List<Operation> operations, String method, String path, List<String> scopes) {
        if (scopes == null) {
            throw new IllegalStateException(method + " " + path + " does not declare who may use it");
        }
        List<String> named = scopes.stream().filter(scope -> !scope.isEmpty()).toList();
        if (named.size() > 1 || (named.isEmpty() && !scopes.isEmpty())) {
            throw new IllegalStateException(method + " " + path + " does not declare one scope, but " + scopes);
        }
        boolean own = scopes.size() > 1;
        operations.add(new Operation(method, path, named.stream().findFirst(), own));
        if (method.equals("GET")) {
            operations.add(new Operation("HEAD", path, named.stream().findFirst(), own));
        }
    }

    /** The path, with this in place of its parameter. */
    String path(String parameter) {
        return template.replaceAll("\\{.*}", parameter);
    }

    @Override
    public String toString() {
        return method + " " + template;
    }
}
