package customerservice.api.transport.http1;

import customerservice.api.http.capacity.ByteBudget;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A peer that has sent a text and then closed, of which so many octets arrive at once. */
final class Octetwise {

    private final byte[] octets;
    private final int atOnce;
    private int at;

    private Octetwise(String text, int atOnce) {
        this.octets = text.getBytes(StandardCharsets.ISO_8859_1);
        this.atOnce = atOnce;
    }

    static ConnectionInput input(String text, int atOnce) {
        return input(text, atOnce, new ByteBudget(1_000_000));
    }

    static ConnectionInput input(String text, int atOnce, ByteBudget budget) {
        return new ConnectionInput(new byte[0], new Octetwise(text, atOnce)::next, budget);
    }

    /** All of it at once. */
    static ConnectionInput input(String text) {
        return input(text, Math.max(1, text.length()));
    }

    private byte[] next() {
        if (at == octets.length) {
            return null;
        }
        int to = Math.min(octets.length, at + atOnce);
        byte[] piece = Arrays.copyOfRange(octets, at, to);
        at = to;
        return piece;
    }
}
