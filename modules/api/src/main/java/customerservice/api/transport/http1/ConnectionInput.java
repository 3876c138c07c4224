package customerservice.api.transport.http1;

import customerservice.api.http.capacity.ByteBudget;
import customerservice.api.http.message.ConnectionLostException;
import customerservice.api.http.message.Problem;
import customerservice.api.http.message.ProblemException;
import customerservice.api.transport.syntax.RequestHead;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * What has come in over a connection and was not taken yet. It asks the socket only when it has too little, never for more
 * than a line may have, and holds nothing once everything is taken: a connection that waits costs no buffer here.
 *
 * <p>Octets are never moved within their array, so that a head can be looked at while its body is read.
 */
final class ConnectionInput {

    private static final byte[] NOTHING = {};

    private final Supplier<byte[]> socket;
    private final ByteBudget budget;
    private byte[] octets;
    private int start;
    private int end;

    /** What {@link #budget} gave. */
    private int budgeted;

    /**
     * @param first what was read before
     * @param socket waits for the next octets; null when there will be no more
     * @param budget of all connections, for what is held while more is waited for
     */
    ConnectionInput(byte[] first, Supplier<byte[]> socket, ByteBudget budget) {
        this.octets = first;
        this.end = first.length;
        this.socket = socket;
        this.budget = budget;
    }

    /** Holds the octet {@code i} at {@code start() + i}. */
    byte[] octets() {
        return octets;
    }

    int start() {
        return start;
    }

    int available() {
        return end - start;
    }

    /** The octet that is {@code i} behind the next; it has to be available. */
    byte get(int i) {
        return octets[start + i];
    }

    /**
     * Waits for more octets. False if there will be none.
     *
     * @throws ProblemException if all connections together hold too much
     */
    boolean more() {
        if (start < end) {
            hold(octets.length);
        }
        byte[] piece;
        do {
            piece = socket.get();
            if (piece == null) {
                return false;
            }
        } while (piece.length == 0);
        if (start == end) {
            octets = piece;
            start = 0;
            end = piece.length;
        } else {
            append(piece);
        }
        return true;
    }

    private void append(byte[] piece) {
        int available = end - start;
        int needed = available + piece.length;
        if (octets.length - end < piece.length) {
            int capacity = Math.max(needed, Math.min(2 * available, RequestHead.MAX_OCTETS));
            hold(capacity);
            octets = Arrays.copyOfRange(octets, start, start + capacity);
            start = 0;
            end = available;
        }
        System.arraycopy(piece, 0, octets, end, piece.length);
        end += piece.length;
    }

    private void hold(int bytes) {
        if (bytes > budgeted) {
            if (!budget.take(bytes - budgeted)) {
                throw new ProblemException(Problem.OVERLOADED, "");
            }
            budgeted = bytes;
        }
    }

    /** The same, where the message cannot end yet. */
    void need() {
        if (!more()) {
            throw new ConnectionLostException();
        }
    }

    void take(int count) {
        start += count;
        if (start == end) {
            clear();
        }
    }

    /** Forgets what was not taken. */
    void clear() {
        octets = NOTHING;
        start = 0;
        end = 0;
        if (budgeted > 0) {
            budget.giveBack(budgeted);
            budgeted = 0;
        }
    }

    /** Takes everything. */
    byte[] takeAll() {
        byte[] all = start == 0 && end == octets.length ? octets : Arrays.copyOfRange(octets, start, end);
        take(available());
        return all;
    }

    /** Takes what is there, up to so much. */
    int take(byte[] into, int from, int length) {
        int count = Math.min(length, available());
        System.arraycopy(octets, start, into, from, count);
        take(count);
        return count;
    }

    /**
     * Where the line that begins at {@code from} ends: at its CR, behind which is an LF. Nothing is taken.
     *
     * @param max octets of the line without its end
     * @return negative if it is longer
     * @throws ProblemException if a CR or LF stands alone
     */
    int lineEnd(int from, int max) {
        int at = from;
        while (true) {
            int stop = Math.min(available(), from + max + 2);
            while (at < stop) {
                byte octet = octets[start + at];
                if (octet == '\n') {
                    throw alone();
                }
                if (octet == '\r') {
                    if (at + 1 == available()) {
                        break;
                    }
                    if (octets[start + at + 1] != '\n') {
                        throw alone();
                    }
                    return at - from <= max ? at : -1;
                }
                at++;
            }
            if (at - from > max) {
                return -1;
            }
            need();
        }
    }

    private static ProblemException alone() {
        return ProblemException.malformed("A CR or LF stands alone.");
    }
}
