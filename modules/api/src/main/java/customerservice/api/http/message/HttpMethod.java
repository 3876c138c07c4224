package customerservice.api.http.message;

/** The methods that some resource here has; the order is that of {@code Allow}. */
public enum HttpMethod {
    GET,
    HEAD,
    POST,
    PUT,
    PATCH,
    DELETE,
    OPTIONS,
    /** Any other; metrics must not get a label for each word that a client makes up. */
    OTHER;

    public static HttpMethod of(String name) {
        return switch (name) {
            case "GET" -> GET;
            case "HEAD" -> HEAD;
            case "POST" -> POST;
            case "PUT" -> PUT;
            case "PATCH" -> PATCH;
            case "DELETE" -> DELETE;
            case "OPTIONS" -> OPTIONS;
            default -> OTHER;
        };
    }

    /** As OpenTelemetry's conventions label it. */
    public String label() {
        return this == OTHER ? "_OTHER" : name();
    }
}
