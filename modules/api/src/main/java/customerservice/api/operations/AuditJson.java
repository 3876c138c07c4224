package customerservice.api.operations;

import static customerservice.api.json.JsonOutput.ascii;

import customerservice.api.json.JsonOutput;
import customerservice.domain.audit.AuditEntry;
import customerservice.domain.audit.AuditRecord;

/** The wire form of a line of the audit trail. */
final class AuditJson {

    private static final byte[] ID = ascii("{\"id\":");
    private static final byte[] AT = ascii(",\"at\":");
    private static final byte[] ACTION = ascii(",\"action\":");
    private static final byte[] SUBJECT = ascii(",\"subject\":");
    private static final byte[] VERSION = ascii(",\"version\":");
    private static final byte[] FIELDS = ascii(",\"fields\":[");
    private static final byte[] ACTOR = ascii("],\"actor\":");
    private static final byte[] REQUEST_ID = ascii(",\"request_id\":");
    private static final byte[] SOURCE_ADDRESS = ascii(",\"source_address\":");

    private AuditJson() {}

    static void write(AuditRecord line, JsonOutput out) {
        AuditEntry entry = line.entry();
        out.raw(ID).number(line.id());
        out.raw(AT).time(entry.at());
        out.raw(ACTION).string(entry.action());
        out.raw(SUBJECT).string(entry.subject());
        out.raw(VERSION);
        if (entry.version() == 0) {
            out.nothing();
        } else {
            out.number(entry.version());
        }
        out.raw(FIELDS);
        for (int i = 0; i < entry.fields().size(); i++) {
            if (i > 0) {
                out.raw(',');
            }
            out.string(entry.fields().get(i));
        }
        out.raw(ACTOR).string(entry.caller().actor());
        out.raw(REQUEST_ID).string(entry.caller().requestId());
        out.raw(SOURCE_ADDRESS).string(entry.caller().sourceAddress());
        out.raw('}');
    }
}
