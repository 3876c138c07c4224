package customerservice.app.service;

import customerservice.api.operations.HealthCheck;
import customerservice.api.transport.ServerTls;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** Shows new clients of the public listener a changed certificate, and tells when it ends. */
final class LiveCertificate {

    private final Path chain;
    private final Path key;
    private final ServerTls inForce;
    private final Clock clock;
    private final LiveFiles files;

    /** @param inForce what the server is started with */
    LiveCertificate(Path chain, Path key, ServerTls inForce, Clock clock) {
        this.chain = chain;
        this.key = key;
        this.inForce = inForce;
        this.clock = clock;
        this.files = new LiveFiles("certificate", List.of(chain, key), this::takeUp);
        // They may have changed since the server's settings were made.
        takeUp();
    }

    private String takeUp() {
        inForce.replaceWith(ServerTls.of(chain, key));
        return "good until " + inForce.notAfter();
    }

    LiveFiles files() {
        return files;
    }

    /** Seconds since 1970. */
    long notAfter() {
        return inForce.notAfter().getEpochSecond();
    }

    HealthCheck check() {
        HealthCheck changed = files.check();
        if (!clock.instant().isBefore(inForce.notAfter())) {
            return new HealthCheck(changed.name(), false, "expired at " + inForce.notAfter());
        }
        return changed.up() ? new HealthCheck(changed.name(), true, "good until " + inForce.notAfter()) : changed;
    }
}
