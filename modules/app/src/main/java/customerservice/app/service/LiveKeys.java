package customerservice.app.service;

import customerservice.auth.key.ActiveSigningKeys;
import customerservice.auth.key.KeyChange;
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
        record(KeyChange.between(before, after), after.currentId());
        return after.toString();
    }

    private void record(KeyChange change, String currentId) {
        var caller = new Caller("system", UUID.randomUUID().toString(), "local");
        if (!change.isNone()) {
            record(
                    change.complete() ? "keys.replace" : "keys.change",
                    currentId,
                    change.signer() ? List.of("keys", "current") : List.of("keys"),
                    caller);
        }
        // In force all the same: it may be how somebody gets rid of a key that has leaked, and a restart would not know of
        // the one before. But nobody does it unnoticed.
        for (String id : change.reusedIds()) {
            LOGGER.warning(
                    "the id " + id + " stands for another key than before: whoever remembers the old one by this id"
                            + " refuses tokens until it reads /.well-known/jwks.json again");
            record("keys.id_reused", id, List.of("keys"), caller);
        }
    }

    private void record(String action, String subject, List<String> fields, Caller caller) {
        var entry = new AuditEntry(clock.instant(), action, subject, 0, fields, caller);
        stream.happened(entry);
        try {
            trail.append(entry);
        } catch (DomainException e) {
            // Keys have to change on a day without a database, too.
            LOGGER.warning("the change of the signing keys is not in the audit trail: " + Causes.innermost(e));
        }
    }
}
