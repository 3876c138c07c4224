package customerservice.api.transport.hpack;

/** A header block that is not HPACK: the connection can't go on, since both ends' tables differ from now on. */
public final class HpackException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    HpackException(String message) {
        // A peer causes it at will: no stack trace.
        super(message, null, false, false);
    }
}
