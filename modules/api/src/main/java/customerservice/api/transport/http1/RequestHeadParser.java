package customerservice.api.transport.http1;

import customerservice.api.http.capacity.ByteBudget;
import customerservice.api.http.message.Problem;
import customerservice.api.http.message.ProblemException;
import customerservice.api.transport.syntax.Authority;
import customerservice.api.transport.syntax.RequestHead;
import io.helidon.http.HeaderNames;

/**
 * Reads the heads of one connection's requests (RFC 9112, sections 2 to 5). Strict where two readers of the same octets
 * could come to different requests: line ends, blanks in names, folded lines, Host.
 */
final class RequestHeadParser {

    static final int MAX_FIELDS = 128;

    /** Of a request line that is too long: to reach the fields behind it, which the answer goes by. */
    private static final int MAX_SKIPPED = 64 * 1_024;

    /** Most heads are smaller, and those of all connections together no danger. */
    private static final int UNCOUNTED = 4 * 1_024;

    /** Before a request (RFC 9112, section 2.2). */
    private static final int MAX_EMPTY_LINES = 4;

    private final HeadFields fields = new HeadFields();
    private final ByteBudget budget;
    private int end;

    /** What {@link #budget} gave for the octets of the fields. */
    private int budgeted;

    /** @param budget of all connections, for large heads, from which fields are read as long as the request lasts */
    RequestHeadParser(ByteBudget budget) {
        this.budget = budget;
    }

    /** Of the head that was read last, or of what was read of it. */
    HeadFields fields() {
        return fields;
    }

    /** Forgets the last head. */
    void clear() {
        fields.clear();
        if (budgeted > 0) {
            budget.giveBack(budgeted);
            budgeted = 0;
        }
    }

    /**
     * Waits for a head and takes it.
     *
     * @throws ProblemException if there is none; what comes next on the connection is then not known
     */
    RequestHead parse(ConnectionInput input) {
        clear();
        skipEmptyLines(input);
        int lineEnd = input.lineEnd(0, RequestHead.MAX_LINE_OCTETS);
        if (lineEnd < 0) {
            throw tooLong(input);
        }
        readFields(input, lineEnd + 2);
        RequestHead head = StartLine.parse(input.octets(), input.start(), input.start() + lineEnd);
        checkHost(head);
        hold(input.octets().length);
        input.take(end);
        return head;
    }

    private void hold(int bytes) {
        if (bytes > UNCOUNTED) {
            if (!budget.take(bytes)) {
                throw new ProblemException(Problem.OVERLOADED, "");
            }
            budgeted = bytes;
        }
    }

    private static void skipEmptyLines(ConnectionInput input) {
        for (int lines = 0; lines <= MAX_EMPTY_LINES; lines++) {
            if (input.available() == 0) {
                input.need();
            }
            if (input.get(0) != '\r') {
                return;
            }
            if (input.lineEnd(0, 0) < 0) {
                break;
            }
            input.take(2);
        }
        throw ProblemException.malformed("There is no request line.");
    }

    private ProblemException tooLong(ConnectionInput input) {
        int skipped = 0;
        while (skipped < MAX_SKIPPED) {
            int lineEnd = input.lineEnd(0, RequestHead.MAX_LINE_OCTETS);
            if (lineEnd >= 0) {
                readFields(input, lineEnd + 2);
                break;
            }
            input.take(RequestHead.MAX_LINE_OCTETS);
            skipped += RequestHead.MAX_LINE_OCTETS;
        }
        return new ProblemException(
                Problem.URI_TOO_LONG, "The request line may have " + RequestHead.MAX_LINE_OCTETS + " bytes.");
    }

    private void readFields(ConnectionInput input, int from) {
        int at = from;
        try {
            while (true) {
                int lineEnd = input.lineEnd(at, from + RequestHead.MAX_FIELDS_OCTETS - at);
                if (lineEnd == at) {
                    end = lineEnd + 2;
                    return;
                }
                if (lineEnd < 0 || fields.count() == MAX_FIELDS) {
                    throw new ProblemException(
                            Problem.HEADERS_TOO_LARGE,
                            "There may be " + MAX_FIELDS + " fields of " + RequestHead.MAX_FIELDS_OCTETS + " bytes.");
                }
                FieldLine.parse(input.octets(), input.start(), at, lineEnd, fields);
                at = lineEnd + 2;
            }
        } finally {
            fields.in(input.octets(), input.start());
        }
    }

    /** RFC 9112, section 3.2. */
    private void checkHost(RequestHead head) {
        int lines = fields.lines(HeaderNames.HOST);
        if (lines > 1 || (lines == 0 && head.minor() > 0)) {
            throw ProblemException.malformed("There must be one Host field.");
        }
        if (lines == 1 && !Authority.isValid(fields.get(HeaderNames.HOST))) {
            throw ProblemException.malformed("The host is malformed.");
        }
    }
}
