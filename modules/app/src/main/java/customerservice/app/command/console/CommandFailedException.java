package customerservice.app.command.console;

/** A command could not do what it was asked for; the message is for the person who asked. */
public final class CommandFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public CommandFailedException(String message) {
        super(message, null, false, false);
    }
}
