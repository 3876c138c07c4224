package customerservice.api;

/** The media types that are read and written. */
final class MediaTypes {

    static final String JSON = "application/json";
    static final String FORM = "application/x-www-form-urlencoded";
    static final String MERGE_PATCH = "application/merge-patch+json";
    static final String YAML = "application/yaml";
    static final String HTML = "text/html";

    private MediaTypes() {}
}
