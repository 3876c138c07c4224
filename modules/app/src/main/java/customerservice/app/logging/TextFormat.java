package customerservice.app.logging;

import customerservice.api.http.trace.AccessEntry;
import customerservice.domain.audit.AuditEntry;
import java.nio.charset.StandardCharsets;

/** The same for people: {@code <time> <level> <who> <what>}. */
final class TextFormat implements LineFormat {

    private static final byte[] ACCESS = ascii(" INFO  access  ");
    private static final byte[] AUDIT = ascii(" INFO  audit  ");
    private static final byte[] GAP = ascii("  ");
    private static final byte[] BY = ascii(" by ");
    private static final byte[] MILLIS = ascii(" ms ");
    private static final byte[] BYTES = ascii(" bytes");

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void application(LogLine.Application line, LineBuffer out) {
        out.time(line.millis()).raw(line.severity().column());
        out.text(line.logger(), LONGEST_NAME).raw(GAP).text(line.message(), LONGEST_MESSAGE);
        request(line.requestId(), out);
        if (line.thrown() != null) {
            out.raw('\n').text(LineFormat.stack(line.thrown()), LONGEST_STACK);
        }
        out.raw('\n');
    }

    @Override
    public void access(LogLine.Access line, LineBuffer out) {
        AccessEntry entry = line.entry();
        out.time(line.millis()).raw(ACCESS);
        out.text(entry.method(), LONGEST_NAME).raw(' ').text(entry.path(), LONGEST_PATH);
        out.raw(' ').number(entry.status());
        out.raw(' ').millis(entry.nanos()).raw(MILLIS).number(entry.bytes()).raw(BYTES);
        request(entry.caller().requestId(), out);
        out.raw('\n');
    }

    @Override
    public void audit(LogLine.Audit line, LineBuffer out) {
        AuditEntry entry = line.entry();
        out.time(entry.at().toEpochMilli()).raw(AUDIT);
        out.text(entry.action(), LONGEST_NAME).raw(' ').text(entry.subject(), LONGEST_NAME);
        out.raw(BY).text(entry.caller().actor(), LONGEST_NAME);
        request(entry.caller().requestId(), out);
        out.raw('\n');
    }

    private static void request(String requestId, LineBuffer out) {
        if (!requestId.isEmpty()) {
            out.raw(GAP).raw('[').text(requestId, LONGEST_NAME).raw(']');
        }
    }
}
