package customerservice.api.http.message;

/** The media types that are read and written. */
public final class MediaTypes {

    public static final String JSON = "application/json";
    public static final String FORM = "application/x-www-form-urlencoded";
    public static final String MERGE_PATCH = "application/merge-patch+json";
    public static final String YAML = "application/yaml";
    public static final String HTML = "text/html";
    public static final String TEXT = "text/plain";

    private MediaTypes() {}
}
