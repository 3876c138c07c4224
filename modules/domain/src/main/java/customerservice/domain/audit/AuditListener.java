package customerservice.domain.audit;

/** Takes what has happened, after it has: the audit stream of the logs. Must not throw and must not wait. */
@FunctionalInterface
public interface AuditListener {

    void happened(AuditEntry entry);
}
