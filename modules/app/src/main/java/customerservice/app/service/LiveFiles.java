package customerservice.app.service;

import customerservice.api.operations.HealthCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Files that belong together, whose content is taken up anew when they change while the service runs. What cannot be
 * taken up leaves what is in force, and is told once for each change. What could not be read is tried again at every look, for it
 * may be over soon, as where too many files are open; what is no good is not.
 *
 * <p>They are looked at, not listened to: a look costs microseconds, and it sees a file that was replaced, one that was
 * written in place, and a directory that was exchanged behind a symbolic link, all the same. A change is taken up when it
 * has lain still from one look to the next, so that neither a file half written nor a pair half replaced causes an alarm.
 */
final class LiveFiles {

    private static final Logger LOGGER = Logger.getLogger(LiveFiles.class.getName());

    /** The change time covers content, owner and mode, and cannot be set back. */
    private static final String IDENTITY = "unix:dev,ino,size,ctime";

    private final String name;
    private final List<Path> files;
    private final Supplier<String> takeUp;
    private List<Object> taken;
    private List<Object> seen;
    private boolean again;
    private volatile String problem = "";

    /**
     * To be made before they are read for the first time: what changes between the two is a change.
     *
     * @param name of the health check
     * @param takeUp reads the files and puts what they say into force; gives what it was, for the log, and throws if it is
     *     no good, with a message that is no secret, and an {@link IOException} as its cause where they could not be read
     */
    LiveFiles(String name, List<Path> files, Supplier<String> takeUp) {
        this.name = name;
        this.files = List.copyOf(files);
        this.takeUp = takeUp;
        this.taken = identity();
        this.seen = taken;
    }

    /** To be called again and again, by one thread. */
    void look() {
        List<Object> identity = identity();
        boolean still = identity.equals(seen);
        seen = identity;
        boolean repeated = again && identity.equals(taken);
        if (!still || (identity.equals(taken) && !again)) {
            return;
        }
        taken = identity;
        try {
            String what = takeUp.get();
            again = false;
            problem = "";
            LOGGER.info(() -> name + ": the changed files are in force: " + what);
        } catch (RuntimeException | Error e) {
            // An Error, too, as where there is no thread to be had: nobody would hear of it, and health would be UP.
            again = e instanceof Error || e.getCause() instanceof IOException;
            problem = "what was changed cannot be taken up, what was before stays in force: " + withoutFolders(e);
            if (!again || !repeated) {
                LOGGER.log(Level.WARNING,
                        () -> name + ": what was changed cannot be taken up, what was before stays in force: "
                                + reason(e));
            }
        }
    }

    /** How the last change went. */
    HealthCheck check() {
        String reason = problem;
        return new HealthCheck(name, reason.isEmpty(), reason);
    }

    private static String reason(Throwable e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    /** Health is shown to anybody, to whom a host's folders are of no use. */
    private String withoutFolders(Throwable e) {
        String reason = reason(e);
        for (Path file : files) {
            reason = reason.replace(file.toString(), file.getFileName().toString());
        }
        return reason;
    }

    private List<Object> identity() {
        return files.stream().map(LiveFiles::identity).toList();
    }

    private static Object identity(Path file) {
        try {
            return Map.copyOf(Files.readAttributes(file, IDENTITY));
        } catch (IOException e) {
            return e.getClass();
        }
    }
}
