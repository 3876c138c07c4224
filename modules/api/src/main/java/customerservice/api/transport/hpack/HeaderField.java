package customerservice.api.transport.hpack;

/**
 * A header field as HTTP/2 carries it, each character one byte (ISO 8859-1); nothing about it is checked.
 *
 * @param name in lower case if the peer keeps to RFC 9113, section 8.2
 * @param value may be empty
 */
public record HeaderField(String name, String value) {

    /** What an entry costs beyond its characters (RFC 7541, section 4.1). */
    static final int OVERHEAD = 32;

    /** As dynamic tables and limits of header lists count it (RFC 7541, section 4.1; RFC 9113, section 6.5.2). */
    int size() {
        return name.length() + value.length() + OVERHEAD;
    }
}
