package customerservice.app.service;

import java.time.Duration;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Looks at {@link LiveFiles} until it is closed. */
final class LiveFilesWatch implements AutoCloseable {

    private static final Logger LOGGER = Logger.getLogger(LiveFilesWatch.class.getName());

    private final List<LiveFiles> files;
    private final Duration interval;
    private final Thread thread;

    private LiveFilesWatch(List<LiveFiles> files, Duration interval) {
        this.files = List.copyOf(files);
        this.interval = interval;
        this.thread = Thread.ofPlatform().daemon().name("live-files").unstarted(this::run);
    }

    static LiveFilesWatch start(List<LiveFiles> files, Duration interval) {
        var watch = new LiveFilesWatch(files, interval);
        watch.thread.start();
        return watch;
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(interval);
                for (LiveFiles each : files) {
                    look(each);
                }
            }
        } catch (InterruptedException e) {
            // Closed.
        }
    }

    private static void look(LiveFiles files) {
        try {
            files.look();
        } catch (RuntimeException | Error e) {
            // Whatever it is: one change that is not taken up is better than none ever after.
            LOGGER.log(Level.SEVERE, "changed files are not taken up", e);
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
