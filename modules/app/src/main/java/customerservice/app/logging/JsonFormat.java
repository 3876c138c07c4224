package customerservice.app.logging;

import customerservice.api.http.trace.AccessEntry;
import customerservice.api.http.trace.TraceContext;
import customerservice.domain.audit.AuditEntry;
import java.nio.charset.StandardCharsets;

/** One JSON object a line. Names are in snake case; what is empty is left out. */
final class JsonFormat implements LineFormat {

    private static final byte[] TIME = ascii("{\"time\":\"");
    private static final byte[] LEVEL = ascii("\",\"level\":\"");
    private static final byte[] INFO_ACCESS = ascii("\",\"level\":\"info\",\"stream\":\"access\",\"method\":");
    private static final byte[] INFO_AUDIT = ascii("\",\"level\":\"info\",\"stream\":\"audit\",\"action\":");
    private static final byte[] APPLICATION = ascii("\",\"stream\":\"application\",\"logger\":");
    private static final byte[] MESSAGE = ascii(",\"message\":");
    private static final byte[] THREAD = ascii(",\"thread\":");
    private static final byte[] REQUEST_ID = ascii(",\"request_id\":");
    private static final byte[] TRACE_ID = ascii(",\"trace_id\":");
    private static final byte[] PARENT_ID = ascii(",\"parent_id\":");
    private static final byte[] TRACE_FLAGS = ascii(",\"trace_flags\":");
    private static final byte[] TRACE_STATE = ascii(",\"trace_state\":");
    private static final byte[] EXCEPTION = ascii(",\"exception\":");
    private static final byte[] ROUTE = ascii(",\"route\":");
    private static final byte[] PATH = ascii(",\"path\":");
    private static final byte[] STATUS = ascii(",\"status\":");
    private static final byte[] DURATION = ascii(",\"duration_ms\":");
    private static final byte[] BYTES = ascii(",\"bytes\":");
    private static final byte[] PRINCIPAL = ascii(",\"principal\":");
    private static final byte[] SUBJECT = ascii(",\"subject\":");
    private static final byte[] CLIENT = ascii(",\"client_address\":");
    private static final byte[] VERSION = ascii(",\"version\":");
    private static final byte[] FIELDS = ascii(",\"fields\":[");
    private static final byte[] ACTOR = ascii(",\"actor\":");
    private static final byte[] SOURCE = ascii(",\"source_address\":");
    private static final byte[] END = ascii("}\n");

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void application(LogLine.Application line, LineBuffer out) {
        out.raw(TIME).time(line.millis());
        out.raw(LEVEL).text(line.severity().label(), LONGEST_NAME);
        out.raw(APPLICATION).json(line.logger(), LONGEST_NAME);
        out.raw(MESSAGE).json(line.message(), LONGEST_MESSAGE);
        optional(THREAD, line.thread(), out);
        optional(REQUEST_ID, line.requestId(), out);
        trace(line.trace(), out);
        if (line.thrown() != null) {
            out.raw(EXCEPTION).json(LineFormat.stack(line.thrown()), LONGEST_STACK);
        }
        out.raw(END);
    }

    @Override
    public void access(LogLine.Access line, LineBuffer out) {
        AccessEntry entry = line.entry();
        out.raw(TIME).time(line.millis());
        out.raw(INFO_ACCESS).json(entry.method(), LONGEST_NAME);
        out.raw(ROUTE).json(entry.route(), LONGEST_NAME);
        out.raw(PATH).json(entry.path(), LONGEST_PATH);
        out.raw(STATUS).number(entry.status());
        out.raw(DURATION).millis(entry.nanos());
        out.raw(BYTES).number(entry.bytes());
        optional(REQUEST_ID, entry.caller().requestId(), out);
        trace(entry.trace(), out);
        optional(TRACE_STATE, entry.trace().state(), TraceContext.MAX_STATE, out);
        optional(PRINCIPAL, entry.caller().actor(), out);
        optional(CLIENT, entry.caller().sourceAddress(), out);
        out.raw(END);
    }

    @Override
    public void audit(LogLine.Audit line, LineBuffer out) {
        AuditEntry entry = line.entry();
        out.raw(TIME).time(entry.at().toEpochMilli());
        out.raw(INFO_AUDIT).json(entry.action(), LONGEST_NAME);
        out.raw(SUBJECT).json(entry.subject(), LONGEST_NAME);
        if (entry.version() != 0) {
            out.raw(VERSION).number(entry.version());
        }
        out.raw(FIELDS);
        for (int i = 0; i < entry.fields().size(); i++) {
            if (i > 0) {
                out.raw(',');
            }
            out.json(entry.fields().get(i), LONGEST_NAME);
        }
        out.raw(']');
        out.raw(ACTOR).json(entry.caller().actor(), LONGEST_NAME);
        optional(REQUEST_ID, entry.caller().requestId(), out);
        trace(line.trace(), out);
        out.raw(SOURCE).json(entry.caller().sourceAddress(), LONGEST_NAME);
        out.raw(END);
    }

    private static void trace(TraceContext trace, LineBuffer out) {
        optional(TRACE_ID, trace.traceId(), out);
        optional(PARENT_ID, trace.parentId(), out);
        optional(TRACE_FLAGS, trace.flags(), out);
    }

    private static void optional(byte[] name, String value, LineBuffer out) {
        optional(name, value, LONGEST_NAME, out);
    }

    private static void optional(byte[] name, String value, int maximum, LineBuffer out) {
        if (!value.isEmpty()) {
            out.raw(name).json(value, maximum);
        }
    }
}
