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
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The command {@code serve}: runs the service in the foreground until a signal ends it. */
public final class Serve {

    private final Sources sources;
    private final Logs logs;
    private CustomerService service;

    /** Requests may have been taken, and nobody knows yet whom to ask to finish them. */
    private boolean opening;

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
            started(CustomerService.start(configuration, this::beginToListen));
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
        } finally {
            endOpening();
        }
    }

    private synchronized void beginToListen() {
        if (stopping) {
            throw new StartException("stopped while it started");
        }
        opening = true;
    }

    private synchronized void started(CustomerService started) {
        service = started;
        endOpening();
    }

    private synchronized void endOpening() {
        opening = false;
        notifyAll();
    }

    private void stop() {
        toStop().ifPresent(CustomerService::close);
        logs.flush();
    }

    /** Empty while nothing can have been asked of it, as when it waits for the database. */
    private synchronized Optional<CustomerService> toStop() {
        stopping = true;
        while (opening) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            }
        }
        return Optional.ofNullable(service);
    }

    /** To the real standard error: {@code System.err} is the log's. */
    private static void complain(String message) {
        var err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        err.println("customer-service: " + message);
    }
}
