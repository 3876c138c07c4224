package customerservice.app.logging;

import customerservice.api.http.trace.AccessEntry;
import customerservice.api.http.trace.TraceContext;
import customerservice.domain.audit.AuditEntry;
import java.nio.charset.StandardCharsets;

/**
 * An entry of the journal: the line for people as its message, what it is made of as fields that {@code journalctl} can
 * select by. A field is its name, a newline, the length of its value in eight bytes, the value and a newline; see
 * systemd's description of the native journal protocol.
 */
final class JournalFormat implements LineFormat {

    private static final byte[] IDENTIFIER = ascii("SYSLOG_IDENTIFIER=customer-service\n");
    private static final byte[] APPLICATION = ascii("STREAM=application\n");
    private static final byte[] ACCESS = ascii("STREAM=access\n");
    private static final byte[] AUDIT = ascii("STREAM=audit\n");
    private static final byte[] PRIORITY = ascii("PRIORITY=");
    private static final byte[] MESSAGE = ascii("MESSAGE\n");
    private static final byte[] LOGGER = ascii("LOGGER\n");
    private static final byte[] THREAD = ascii("THREAD\n");
    private static final byte[] REQUEST_ID = ascii("REQUEST_ID\n");
    private static final byte[] TRACE_ID = ascii("TRACE_ID\n");
    private static final byte[] PARENT_ID = ascii("PARENT_ID\n");
    private static final byte[] TRACE_FLAGS = ascii("TRACE_FLAGS\n");
    private static final byte[] TRACE_STATE = ascii("TRACE_STATE\n");
    private static final byte[] METHOD = ascii("HTTP_METHOD\n");
    private static final byte[] ROUTE = ascii("HTTP_ROUTE\n");
    private static final byte[] PATH = ascii("HTTP_PATH\n");
    private static final byte[] STATUS = ascii("HTTP_STATUS=");
    private static final byte[] DURATION = ascii("DURATION_MS=");
    private static final byte[] BYTES = ascii("HTTP_BYTES=");
    private static final byte[] PRINCIPAL = ascii("PRINCIPAL\n");
    private static final byte[] SUBJECT = ascii("SUBJECT\n");
    private static final byte[] CLIENT = ascii("CLIENT_ADDRESS\n");
    private static final byte[] ACTION = ascii("ACTION\n");
    private static final byte[] VERSION = ascii("VERSION=");
    private static final byte[] FIELDS = ascii("FIELDS\n");
    private static final byte[] ACTOR = ascii("ACTOR\n");
    private static final byte[] SOURCE = ascii("SOURCE_ADDRESS\n");
    private static final byte[] BY = ascii(" by ");
    private static final byte[] MILLIS = ascii(" ms ");
    private static final byte[] UNIT = ascii(" bytes");

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void application(LogLine.Application line, LineBuffer out) {
        int message = begin(APPLICATION, line.severity(), out);
        out.text(line.message(), LONGEST_MESSAGE);
        if (line.thrown() != null) {
            out.raw('\n').text(LineFormat.stack(line.thrown()), LONGEST_STACK);
        }
        out.endValue(message);
        field(LOGGER, line.logger(), LONGEST_NAME, out);
        field(THREAD, line.thread(), LONGEST_NAME, out);
        field(REQUEST_ID, line.requestId(), LONGEST_NAME, out);
        trace(line.trace(), out);
    }

    @Override
    public void access(LogLine.Access line, LineBuffer out) {
        AccessEntry entry = line.entry();
        int message = begin(ACCESS, Severity.INFO, out);
        out.text(entry.method(), LONGEST_NAME).raw(' ').text(entry.path(), LONGEST_PATH);
        out.raw(' ').number(entry.status());
        out.raw(' ').millis(entry.nanos()).raw(MILLIS).number(entry.bytes()).raw(UNIT);
        out.endValue(message);
        field(METHOD, entry.method(), LONGEST_NAME, out);
        field(ROUTE, entry.route(), LONGEST_NAME, out);
        field(PATH, entry.path(), LONGEST_PATH, out);
        out.raw(STATUS).number(entry.status()).raw('\n');
        out.raw(DURATION).millis(entry.nanos()).raw('\n');
        out.raw(BYTES).number(entry.bytes()).raw('\n');
        field(REQUEST_ID, entry.caller().requestId(), LONGEST_NAME, out);
        trace(entry.trace(), out);
        field(TRACE_STATE, entry.trace().state(), TraceContext.MAX_STATE, out);
        field(PRINCIPAL, entry.caller().actor(), LONGEST_NAME, out);
        field(CLIENT, entry.caller().sourceAddress(), LONGEST_NAME, out);
    }

    @Override
    public void audit(LogLine.Audit line, LineBuffer out) {
        AuditEntry entry = line.entry();
        int message = begin(AUDIT, Severity.INFO, out);
        out.text(entry.action(), LONGEST_NAME).raw(' ').text(entry.subject(), LONGEST_NAME);
        out.raw(BY).text(entry.caller().actor(), LONGEST_NAME);
        out.endValue(message);
        field(ACTION, entry.action(), LONGEST_NAME, out);
        field(SUBJECT, entry.subject(), LONGEST_NAME, out);
        if (entry.version() != 0) {
            out.raw(VERSION).number(entry.version()).raw('\n');
        }
        field(FIELDS, String.join(",", entry.fields()), LONGEST_PATH, out);
        field(ACTOR, entry.caller().actor(), LONGEST_NAME, out);
        field(REQUEST_ID, entry.caller().requestId(), LONGEST_NAME, out);
        trace(line.trace(), out);
        field(SOURCE, entry.caller().sourceAddress(), LONGEST_NAME, out);
    }

    /** The message's value is to follow, and {@link LineBuffer#endValue}. */
    private static int begin(byte[] stream, Severity severity, LineBuffer out) {
        out.raw(IDENTIFIER).raw(stream);
        out.raw(PRIORITY).number(severity.priority()).raw('\n');
        return out.raw(MESSAGE).beginValue();
    }

    private static void trace(TraceContext trace, LineBuffer out) {
        field(TRACE_ID, trace.traceId(), LONGEST_NAME, out);
        field(PARENT_ID, trace.parentId(), LONGEST_NAME, out);
        field(TRACE_FLAGS, trace.flags(), LONGEST_NAME, out);
    }

    private static void field(byte[] name, String value, int maximum, LineBuffer out) {
        if (!value.isEmpty()) {
            int start = out.raw(name).beginValue();
            out.text(value, maximum).endValue(start);
        }
    }
}
