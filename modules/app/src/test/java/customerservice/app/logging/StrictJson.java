package customerservice.app.logging;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads an object of strings, numbers and arrays of these, and takes nothing that RFC 8259 does not allow. */
final class StrictJson {

    private final String text;
    private int at;

    private StrictJson(String text) {
        this.text = text;
    }

    static Map<String, Object> object(String text) {
        var json = new StrictJson(text);
        Map<String, Object> object = json.object();
        json.require(json.at == text.length(), "the end");
        return object;
    }

    private Map<String, Object> object() {
        var object = new LinkedHashMap<String, Object>();
        take('{');
        while (peek() != '}') {
            if (!object.isEmpty()) {
                take(',');
            }
            String name = string();
            take(':');
            require(object.put(name, value()) == null, "a name that was not there before " + name);
        }
        take('}');
        return object;
    }

    private Object value() {
        return switch (peek()) {
            case '"' -> string();
            case '[' -> array();
            default -> number();
        };
    }

    private List<Object> array() {
        var array = new ArrayList<>();
        take('[');
        while (peek() != ']') {
            if (!array.isEmpty()) {
                take(',');
            }
            array.add(value());
        }
        take(']');
        return array;
    }

    private double number() {
        int start = at;
        while ("-0123456789.".indexOf(peek()) >= 0) {
            at++;
        }
        return Double.parseDouble(text.substring(start, at));
    }

    private String string() {
        var string = new StringBuilder();
        take('"');
        while (peek() != '"') {
            char c = text.charAt(at++);
            require(c >= 0x20, "no bare control character");
            string.append(c == '\\' ? escaped() : c);
        }
        take('"');
        return string.toString();
    }

    private char escaped() {
        char c = text.charAt(at++);
        return switch (c) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'u' -> {
                at += 4;
                yield (char) Integer.parseInt(text.substring(at - 4, at), 16);
            }
            default -> {
                require(c == '"' || c == '\\', "a known escape");
                yield c;
            }
        };
    }

    private char peek() {
        require(at < text.length(), "more");
        return text.charAt(at);
    }

    private void take(char c) {
        require(peek() == c, "" + c);
        at++;
    }

    private void require(boolean condition, String expected) {
        if (!condition) {
            throw new AssertionError("expected " + expected + " at " + at + " of " + text);
        }
    }
}
