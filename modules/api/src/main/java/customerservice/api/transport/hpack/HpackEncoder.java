package customerservice.api.transport.hpack;

import java.util.Arrays;

/**
 * Builds the header block of one answer. Names are referred to by the static table, values stand as they are and nothing
 * enters the peer's dynamic table: so no state is shared between answers, none has to be limited against a peer that
 * announces a table of any size, and fields that are always the same can be kept in encoded form.
 */
public final class HpackEncoder {

    private static final int INDEXED = 0x80;
    private static final int STATUS = StaticTable.indexOfName(":status");

    /** The last entry of the static table with a status. */
    private static final int LAST_STATUS = 14;

    private byte[] block;
    private int length;

    /** @param expected how many bytes are likely to be needed */
    public HpackEncoder(int expected) {
        this.block = new byte[expected];
    }

    /** The bytes of a field that can be added any number of times. */
    public static byte[] encoded(String name, String value) {
        var encoder = new HpackEncoder(name.length() + value.length() + 8);
        encoder.field(name, value);
        return Arrays.copyOf(encoder.block, encoder.length);
    }

    /** Has to come before all fields. */
    public HpackEncoder status(int status) {
        String text = Integer.toString(status);
        for (int index = STATUS; index <= LAST_STATUS; index++) {
            if (StaticTable.get(index).value().equals(text)) {
                ensure(1);
                block[length++] = (byte) (INDEXED | index);
                return this;
            }
        }
        return field(":status", text);
    }

    /**
     * @param name in lower case
     * @param value of characters below U+0100; not checked
     */
    public HpackEncoder field(String name, String value) {
        int index = StaticTable.indexOfName(name);
        ensure(name.length() + value.length() + 12);
        integer(0, 4, index);
        if (index == 0) {
            string(name);
        }
        string(value);
        return this;
    }

    /** @param encoded by {@link #encoded} */
    public HpackEncoder field(byte[] encoded) {
        return append(encoded, encoded.length);
    }

    /** Adds the fields that another one has gathered. */
    public HpackEncoder fields(HpackEncoder gathered) {
        return append(gathered.block, gathered.length);
    }

    private HpackEncoder append(byte[] encoded, int count) {
        ensure(count);
        System.arraycopy(encoded, 0, block, length, count);
        length += count;
        return this;
    }

    /** Forgets everything. */
    public void clear() {
        length = 0;
    }

    /** The block from the array's beginning, with room behind it. */
    public byte[] array() {
        return block;
    }

    public int length() {
        return length;
    }

    @SuppressWarnings("deprecation") // the low bytes of the characters are what is wanted
    private void string(String text) {
        integer(0, 7, text.length());
        text.getBytes(0, text.length(), block, length);
        length += text.length();
    }

    private void integer(int pattern, int prefixBits, int value) {
        int mask = (1 << prefixBits) - 1;
        if (value < mask) {
            block[length++] = (byte) (pattern | value);
            return;
        }
        block[length++] = (byte) (pattern | mask);
        int rest = value - mask;
        while (rest >= 0x80) {
            block[length++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        block[length++] = (byte) rest;
    }

    private void ensure(int more) {
        if (block.length - length < more) {
            block = Arrays.copyOf(block, Math.max(length + more, 2 * block.length));
        }
    }
}
