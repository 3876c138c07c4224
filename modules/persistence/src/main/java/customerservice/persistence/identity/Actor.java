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

    /** Whether the actor may still administer, by the snapshot of the statement; with what {@link #bind} binds. */
    static final String MAY = may("users where active and role = 'admin'");

    private Actor() {}

    /**
     * The same, where the statement has looked at the users already. The shell of an operator has no id, and may.
     *
     * @param admins rows of users who may, with a condition
     */
    static String may(String admins) {
        return """
                (?::uuid is null
                  or exists (select from %s and id = ?)
                  or exists (select from service_accounts where id = ? and 'users:admin' = any (scopes)))"""
                .formatted(admins);
    }

    static Parameters bind(AuditEntry audit, Parameters parameters) {
        UUID id = id(audit);
        return parameters.uuid(id).uuid(id).uuid(id);
    }

    /**
     * Of a statement that was made to depend on {@link #MAY}.
     *
     * @param may whether it was so
     * @throws ActorRevoked if it was not
     */
    static void require(boolean may) {
        if (!may) {
            throw new ActorRevoked();
        }
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
