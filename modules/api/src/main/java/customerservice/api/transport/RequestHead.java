package customerservice.api.transport;

/**
 * The start line of a request (RFC 9112, section 3).
 *
 * @param path as {@code Request.path} has it
 * @param query without its question mark; empty if there is none
 * @param authority of the request target; empty if it has none, as most do
 * @param minor of the version: 0, or 1 for that and all later ones
 */
record RequestHead(String method, String path, String query, String authority, int minor) {

    /** For what is no request: as much as can be said of it. */
    static final RequestHead UNKNOWN = new RequestHead("", "", "", "", 1);
}
