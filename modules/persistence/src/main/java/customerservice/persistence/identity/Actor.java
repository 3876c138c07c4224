package customerservice.persistence.identity;

import customerservice.domain.DomainException.ActorRevoked;
import customerservice.domain.audit.AuditEntry;
import customerservice.persistence.sql.Parameters;
import java.util.UUID;

/**
 * Whoever changes users or service accounts, as a condition of the change itself: between the look at the token and the
 * statement the actor may have been deactivated.
 */
final class Actor {

    /**
     * Whether the actor may still administer, by the snapshot of the statement; with what {@link #bind} binds. The shell of
     * an operator has no id, and may.
     */
    static final String MAY = """
            (?::uuid is null
              or exists (select from users where id = ? and active and role = 'admin')
              or exists (select from service_accounts where id = ? and 'users:admin' = any (scopes)))""";

    private Actor() {}

    static Parameters bind(AuditEntry audit, Parameters parameters) {
        UUID id = id(audit);
        return parameters.uuid(id).uuid(id).uuid(id);
    }

    /**
     * Of an insertion that {@link #MAY} has let happen, or not.
     *
     * @throws ActorRevoked if nothing was inserted
     */
    static int require(int rows) {
        if (rows == 0) {
            throw new ActorRevoked();
        }
        return rows;
    }

    /** Null for whoever is no user or service account. */
    static UUID id(AuditEntry audit) {
        String actor = audit.caller().actor();
        try {
            return actor.length() == 36 ? UUID.fromString(actor) : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
