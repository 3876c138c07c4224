package customerservice.api.operations;

import customerservice.api.RunningApi;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** As much of JSON Schema 2020-12 as the document uses; anything else in it is an error. */
final class OpenApiSchema {

    private final Map<String, Object> document;

    OpenApiSchema(Map<String, Object> document) {
        this.document = document;
    }

    /** What the running service serves. */
    static Map<String, Object> document(RunningApi api) {
        return map(new Load(LoadSettings.builder().build())
                .loadFromString(api.call("GET", "/openapi.yaml", "Authorization: ").text()));
    }

    Object component(String name) {
        return at("#/components/schemas/" + name);
    }

    /** What does not fit, each with its place. */
    List<String> violations(String component, Object value) {
        List<String> found = new ArrayList<>();
        check(map(component(component)), value, "", found);
        return found;
    }

    Map<String, Object> resolve(Map<String, Object> node) {
        return node.get("$ref") instanceof String reference ? map(at(reference)) : node;
    }

    List<String> brokenReferences() {
        List<String> broken = new ArrayList<>();
        collect(document, broken);
        return broken;
    }

    private void collect(Object node, List<String> broken) {
        switch (node) {
            case Map<?, ?> map -> {
                if (map.get("$ref") instanceof String reference && at(reference) == null) {
                    broken.add(reference);
                }
                map.values().forEach(value -> collect(value, broken));
            }
            case List<?> list -> list.forEach(value -> collect(value, broken));
            case null, default -> {
            }
        }
    }

    private Object at(String reference) {
        Object node = document;
        for (String part : reference.substring(2).split("/", -1)) {
            node = node instanceof Map<?, ?> map ? map.get(part) : null;
        }
        return node;
    }

    private void check(Map<String, Object> schema, Object value, String at, List<String> found) {
        schema.forEach((keyword, argument) -> {
            boolean fits = switch (keyword) {
                case "$ref" -> {
                    check(map(at((String) argument)), value, at, found);
                    yield true;
                }
                case "type" -> (argument instanceof List<?> types ? types : List.of(argument)).stream()
                        .anyMatch(type -> isOfType((String) type, value));
                case "const" -> argument.equals(value);
                case "enum" -> ((List<?>) argument).contains(value);
                case "minLength" -> !(value instanceof String text) || length(text) >= (Integer) argument;
                case "maxLength" -> !(value instanceof String text) || length(text) <= (Integer) argument;
                case "pattern" -> !(value instanceof String text)
                        || pattern((String) argument).matcher(text).find();
                case "minimum" -> !(value instanceof Number number) || number.longValue() >= (Integer) argument;
                case "maximum" -> !(value instanceof Number number) || number.longValue() <= (Integer) argument;
                case "maxItems" -> !(value instanceof List<?> list) || list.size() <= (Integer) argument;
                case "maxProperties" -> !(value instanceof Map<?, ?> map) || map.size() <= (Integer) argument;
                case "required" -> !(value instanceof Map<?, ?> map) || map.keySet().containsAll((List<?>) argument);
                case "properties" -> {
                    if (value instanceof Map<?, ?> map) {
                        map(argument).forEach((name, property) -> {
                            if (map.containsKey(name)) {
                                check(map(property), map.get(name), at + "/" + name, found);
                            }
                        });
                    }
                    yield true;
                }
                case "additionalProperties" -> {
                    if (value instanceof Map<?, ?> map) {
                        Map<String, Object> declared = map(schema.getOrDefault("properties", Map.of()));
                        map.forEach((name, additional) -> {
                            if (!declared.containsKey(name)) {
                                if (argument instanceof Boolean) {
                                    found.add(at + "/" + name + " additional");
                                } else {
                                    check(map(argument), additional, at + "/" + name, found);
                                }
                            }
                        });
                    }
                    yield true;
                }
                case "propertyNames" -> {
                    if (value instanceof Map<?, ?> map) {
                        map.keySet().forEach(name -> check(map(argument), name, at, found));
                    }
                    yield true;
                }
                case "items" -> {
                    if (value instanceof List<?> list) {
                        for (int i = 0; i < list.size(); i++) {
                            check(map(argument), list.get(i), at + "/" + i, found);
                        }
                    }
                    yield true;
                }
                case "oneOf" -> ((List<?>) argument).stream()
                        .filter(one -> fits(map(one), value))
                        .count() == 1;
                case "description", "examples", "format", "default", "x-enum-varnames" -> true;
                default -> throw new IllegalStateException("No rule for " + keyword);
            };
            if (!fits) {
                found.add(at + " " + keyword);
            }
        });
    }

    private boolean fits(Map<String, Object> schema, Object value) {
        List<String> found = new ArrayList<>();
        check(schema, value, "", found);
        return found.isEmpty();
    }

    private static boolean isOfType(String type, Object value) {
        return switch (type) {
            case "object" -> value instanceof Map;
            case "array" -> value instanceof List;
            case "string" -> value instanceof String;
            case "integer" -> value instanceof Integer || value instanceof Long;
            case "boolean" -> value instanceof Boolean;
            case "null" -> value == null;
            default -> throw new IllegalStateException("No rule for " + type);
        };
    }

    /** In ECMA-262 a dollar sign is the end, not also what lies before a line separator there. */
    private static Pattern pattern(String text) {
        return Pattern.compile(text.endsWith("$") ? text.substring(0, text.length() - 1) + "\\z" : text);
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }
}
