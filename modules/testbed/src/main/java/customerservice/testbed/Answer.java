package customerservice.testbed;

import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;

/** What a server answered. */
public final class Answer {

    private final int status;
    private final HttpHeaders headers;
    private final byte[] body;

    Answer(int status, HttpHeaders headers, byte[] body) {
        this.status = status;
        this.headers = Objects.requireNonNull(headers, "headers");
        this.body = Objects.requireNonNull(body, "body");
    }

    public int status() {
        return status;
    }

    /** The first header field of this name, or an empty string. */
    public String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    public HttpHeaders headers() {
        return headers;
    }

    public byte[] body() {
        return body.clone();
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** The body's members, if it is a JSON object. */
    @SuppressWarnings("unchecked") // a parsed object's names are strings
    public Map<String, Object> json() {
        try {
            return (Map<String, Object>) Json.parse(body);
        } catch (RuntimeException e) {
            throw new IllegalStateException("not a JSON object: " + this, e);
        }
    }

    /** A member that is a string. */
    public String string(String name) {
        return (String) member(name);
    }

    /** A member that is a whole number. */
    public long number(String name) {
        return (long) member(name);
    }

    /** A member that is an array of objects. */
    @SuppressWarnings("unchecked") // as above
    public List<Map<String, Object>> objects(String name) {
        return (List<Map<String, Object>>) member(name);
    }

    private Object member(String name) {
        Map<String, Object> json = json();
        if (!json.containsKey(name)) {
            throw new NoSuchElementException(name + " in " + this);
        }
        return json.get(name);
    }

    @Override
    public String toString() {
        return status + " " + headers.map() + " " + text();
    }
}
