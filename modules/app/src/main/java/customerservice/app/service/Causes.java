package customerservice.app.service;

/** Why something failed, in one line. */
public final class Causes {

    private Causes() {}

    /** The innermost message. */
    public static String innermost(Throwable thrown) {
        Throwable cause = thrown;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String message = cause.getMessage();
        return oneLine(message == null ? cause.toString() : message);
    }

    /** A message that may have come from the database or a library. */
    public static String oneLine(String message) {
        return message.replaceAll("\\s*[\\r\\n]\\s*", " ");
    }
}
