package customerservice.persistence;

import customerservice.domain.AuditEntry;

/** Every changing statement writes its line of the audit trail itself; this binds the line, column by column. */
final class AuditRows {

    private AuditRows() {}

    static Parameters bind(AuditEntry audit, Parameters parameters) {
        return parameters.time(audit.at())
                .text(audit.action())
                .text(audit.subject())
                .number(audit.version())
                .texts(audit.fields())
                .text(audit.caller().subject())
                .text(audit.caller().requestId())
                .text(audit.caller().sourceAddress());
    }

    /** Without the subject, which the statement finds out. */
    static Parameters bindWithoutSubject(AuditEntry audit, Parameters parameters) {
        return parameters.time(audit.at())
                .text(audit.action())
                .number(audit.version())
                .texts(audit.fields())
                .text(audit.caller().subject())
                .text(audit.caller().requestId())
                .text(audit.caller().sourceAddress());
    }

    /** Without subject and actor, which are one and the same, and found out by the statement. */
    static Parameters bindWithoutActor(AuditEntry audit, Parameters parameters) {
        return parameters.time(audit.at())
                .text(audit.action())
                .number(audit.version())
                .texts(audit.fields())
                .text(audit.caller().requestId())
                .text(audit.caller().sourceAddress());
    }
}
