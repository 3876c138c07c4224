package customerservice.api.transport.syntax;

/**
 * The start line of a request (RFC 9112, section 3).
 *
 * @param path as {@code Request.path} has it
 * @param query without its question mark; empty if there is none
 * @param authority of the request target; empty if it has none, as most do
 * @param minor of the version: 0, or 1 for that and all later ones
 */
public record RequestHead(String method, String path, String query, String authority, int minor) {

    /** Of the start line: room for a cursor and every filter of a list. */
    public static final int MAX_LINE_OCTETS = 8 * 1_024;

    /** Of the fields that follow it. */
    public static final int MAX_FIELDS_OCTETS = 16 * 1_024;

    /** Of all of it, with the line ends behind both. */
    public static final int MAX_OCTETS = MAX_LINE_OCTETS + MAX_FIELDS_OCTETS + 4;

    /** For what is no request: as much as can be said of it. */
    public static final RequestHead UNKNOWN = new RequestHead("", "", "", "", 1);
}
