package customerservice.app.service;

import customerservice.app.configuration.Configuration;
import customerservice.app.configuration.ConfigurationException;
import customerservice.app.configuration.Credential;
import customerservice.app.configuration.Sources;
import customerservice.app.logging.Logs;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The command {@code serve}: runs the service in the foreground until a signal ends it. */
public final class Serve {

    private final Sources sources;
    private final Logs logs;
    private CustomerService service;
    private boolean stopping;

    /** Takes over the process's logs and streams. */
    public Serve(Sources sources) {
        this.sources = sources;
        this.logs = Logs.ofService();
    }

    /**
     * Returns only if the service did not start; otherwise a signal ends the JVM, in the hook.
     *
     * @return an {@link ExitCode}
     */
    public int run() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop"));
        try {
            Configuration configuration = Configuration.load(sources, Credential.toServe());
            if (!started(CustomerService.start(configuration))) {
                return ExitCode.FAILED;
            }
            new CountDownLatch(1).await();
            return ExitCode.OK;
        } catch (ConfigurationException e) {
            for (String problem : e.problems()) {
                complain(problem);
            }
            return ExitCode.CONFIGURATION;
        } catch (StartException e) {
            complain(e.getMessage());
            return ExitCode.FAILED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.FAILED;
        } catch (RuntimeException | Error e) {
            Logger.getLogger(Serve.class.getName()).log(Level.SEVERE, "the service does not start", e);
            complain("unexpected: " + e);
            return ExitCode.FAILED;
        }
    }

    /** Whether it is wanted still; a signal may have come while it started. */
    private synchronized boolean started(CustomerService started) {
        if (stopping) {
            started.close();
            return false;
        }
        service = started;
        return true;
    }

    private void stop() {
        CustomerService running;
        synchronized (this) {
            stopping = true;
            running = service;
        }
        if (running != null) {
            running.close();
        }
        logs.flush();
    }

    /** To the real standard error: {@code System.err} is the log's. */
    private static void complain(String message) {
        var err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        err.println("customer-service: " + message);
    }
}
