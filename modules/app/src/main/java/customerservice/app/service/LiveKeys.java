package customerservice.app.service;

import customerservice.auth.key.ActiveSigningKeys;
import customerservice.auth.key.SigningKeys;
import customerservice.auth.key.SigningKeysException;
import customerservice.domain.Caller;
import customerservice.domain.DomainException;
import customerservice.domain.audit.AuditEntry;
import customerservice.domain.audit.AuditListener;
import customerservice.domain.audit.AuditWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.logging.Logger;

/** Puts a changed {@code jwt-keys.json} into force, and says so in the audit trail. */
final class LiveKeys {

    private static final Logger LOGGER = Logger.getLogger(LiveKeys.class.getName());

    private final Path file;
    private final AuditWriter trail;
    private final AuditListener stream;
    private final Clock clock;
    private final LiveFiles files;
    private final ActiveSigningKeys ring;

    /** @throws SigningKeysException if there is nothing to begin with */
    LiveKeys(Path file, AuditWriter trail, AuditListener stream, Clock clock) {
        this.file = file;
        this.trail = trail;
        this.stream = stream;
        this.clock = clock;
        this.files = new LiveFiles("signing-keys", List.of(file), this::takeUp);
        this.ring = new ActiveSigningKeys(SigningKeys.load(file));
    }

    ActiveSigningKeys ring() {
        return ring;
    }

    LiveFiles files() {
        return files;
    }

    private String takeUp() {
        SigningKeys before = ring.inForce();
        SigningKeys after = SigningKeys.load(file);
        ring.replace(after);
        if (!before.currentId().equals(after.currentId()) || !before.ids().equals(after.ids())) {
            record(before, after);
        }
        return after.toString();
    }

    private void record(SigningKeys before, SigningKeys after) {
        List<String> fields = before.currentId().equals(after.currentId())
                ? List.of("keys")
                : List.of("keys", "current");
        var entry = new AuditEntry(
                clock.instant(), "keys.change", after.currentId(), 0, fields,
                new Caller("system", UUID.randomUUID().toString(), "local"));
        stream.happened(entry);
        try {
            trail.append(entry);
        } catch (DomainException e) {
            // Keys have to change on a day without a database, too.
            LOGGER.warning("the change of the signing keys is not in the audit trail: " + Causes.innermost(e));
        }
    }
}
