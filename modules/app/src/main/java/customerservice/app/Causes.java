package customerservice.app;

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
        return (message == null ? cause.toString() : message).replace('\n', ' ');
    }
}
