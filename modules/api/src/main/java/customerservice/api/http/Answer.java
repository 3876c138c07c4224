package customerservice.api.http;

import customerservice.api.http.message.Field;
import customerservice.api.http.message.FieldName;
import customerservice.api.json.JsonOutput;

/** The answer to one request: fields are gathered, then everything is sent at once. For one thread. */
public abstract class Answer {

    /** Room in front of a body that is written for this answer, enough for most heads. */
    public static final int HEAD_ROOM = 1_024;

    private final JsonOutput json;
    private boolean hasCacheControl;
    private boolean hasContentSecurityPolicy;

    protected Answer(JsonOutput json) {
        this.json = json;
    }

    /** An empty buffer, to be filled and handed to {@link #send(int, JsonOutput, boolean)}. */
    public final JsonOutput json() {
        return json.clear();
    }

    public final void field(Field field) {
        switch (field.kind()) {
            case CACHE_CONTROL -> hasCacheControl = true;
            case CONTENT_SECURITY_POLICY -> hasContentSecurityPolicy = true;
            case OTHER -> {
            }
        }
        add(field);
    }

    /**
     * Adds what every answer carries. Not among it is X-Frame-Options: each browser that speaks TLS 1.2 goes by
     * frame-ancestors.
     */
    final void standingFields(boolean secure) {
        add(Field.NO_SNIFF);
        add(Field.NO_REFERRER);
        if (!hasContentSecurityPolicy) {
            add(Field.NOTHING_RUNS);
        }
        if (!hasCacheControl) {
            add(Field.NO_STORE);
        }
        if (secure) {
            add(Field.TLS_ONLY);
        }
    }

    protected abstract void add(Field field);

    /** @param value visible ASCII; not checked again */
    public abstract void field(FieldName name, String value);

    /** Forgets the fields gathered so far. */
    public final void clear() {
        hasCacheControl = false;
        hasContentSecurityPolicy = false;
        clearFields();
    }

    protected abstract void clearFields();

    /** Whether anything has gone out, so that it is too late for another answer. */
    protected abstract boolean isSent();

    /** Says, where the protocol has a way, that the connection ends with this answer. */
    public abstract void closeConnection();

    /**
     * @param body holds the body from {@code from} on, {@code length} bytes long; not changed, and not copied as a whole
     * @param bodyless for HEAD: the fields as if there was a body, but none
     */
    protected abstract void send(int status, byte[] body, int from, int length, boolean bodyless);

    /** @param body of {@link #json()} */
    protected abstract void send(int status, JsonOutput body, boolean bodyless);

    /** Without body: 204 and 304. */
    protected abstract void send(int status);
}
