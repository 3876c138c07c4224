package customerservice.api.transport.hpack;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Decodes the header blocks of one connection, in their order (RFC 7541).
 *
 * <p>A few bytes can stand for a list of any size. So the list is only kept as long as it is within the limit; a larger
 * one is read to its end all the same, because the next block refers to what it leaves in the table. What a block costs is
 * thereby bound by its own bytes: the caller limits them.
 */
public final class HpackDecoder {

    /** More than any string or index that fits a block; five bytes would be needed to exceed it. */
    private static final int MAX_INTEGER = 1 << 24;
    private static final byte[] NOTHING = {};

    private final DynamicTable table;
    private final int maxListSize;

    private byte[] block = NOTHING;
    private int position;
    private int end;
    private byte[] decoded = NOTHING;

    /**
     * @param maxTableSize of the dynamic table, in bytes as {@link HeaderField#size()} counts them
     * @param maxListSize of a header list, counted the same way
     */
    public HpackDecoder(int maxTableSize, int maxListSize) {
        this.table = new DynamicTable(maxTableSize);
        this.maxListSize = maxListSize;
    }

    /**
     * Decodes the block that lies from {@code from} to {@code to}.
     *
     * @throws HpackException if it is malformed; nothing can be decoded afterwards
     */
    public HeaderList decode(byte[] bytes, int from, int to) {
        block = bytes;
        position = from;
        end = to;
        try {
            resizeTable();
            return fields();
        } finally {
            block = NOTHING;
            decoded = NOTHING;
        }
    }

    /** Bytes in the dynamic table. */
    int tableSize() {
        return table.size();
    }

    /** Changes of the table's size stand at a block's beginning, and at most two are of any use (section 4.2). */
    private void resizeTable() {
        for (int changes = 0; position < end && (block[position] & 0xE0) == 0x20; changes++) {
            if (changes == 2) {
                throw new HpackException("More than two changes of the table's size");
            }
            table.resize(integer(5));
        }
    }

    private HeaderList fields() {
        List<HeaderField> fields = new ArrayList<>();
        long size = 0;
        while (position < end) {
            HeaderField field = field();
            size += field.size();
            if (size <= maxListSize) {
                fields.add(field);
            } else {
                fields = List.of();
            }
        }
        return size <= maxListSize ? new HeaderList(fields, (int) size, false) : HeaderList.TOO_LARGE;
    }

    private HeaderField field() {
        int first = block[position];
        if ((first & 0x80) != 0) {
            return entry(integer(7));
        }
        if ((first & 0x40) != 0) {
            HeaderField field = literal(integer(6));
            table.add(field);
            return field;
        }
        if ((first & 0x20) != 0) {
            throw new HpackException("A change of the table's size after a field");
        }
        return literal(integer(4));
    }

    private HeaderField literal(int nameIndex) {
        String name = nameIndex == 0 ? string() : entry(nameIndex).name();
        return new HeaderField(name, string());
    }

    private HeaderField entry(int index) {
        if (index == 0 || index > StaticTable.SIZE + table.count()) {
            throw new HpackException("No entry of index " + index);
        }
        return index <= StaticTable.SIZE
                ? StaticTable.get(index)
                : table.get(index - StaticTable.SIZE - 1);
    }

    private String string() {
        if (position == end) {
            throw truncated();
        }
        boolean huffman = (block[position] & 0x80) != 0;
        int length = integer(7);
        if (length > end - position) {
            throw truncated();
        }
        int from = position;
        position += length;
        if (!huffman) {
            return new String(block, from, length, StandardCharsets.ISO_8859_1);
        }
        int room = length * 8 / 5;
        if (decoded.length < room) {
            decoded = new byte[room];
        }
        return new String(decoded, 0, Huffman.decode(block, from, position, decoded), StandardCharsets.ISO_8859_1);
    }

    /** Section 5.1; the prefix is that of the byte at the current position. */
    private int integer(int prefixBits) {
        int mask = (1 << prefixBits) - 1;
        int value = block[position++] & mask;
        if (value < mask) {
            return value;
        }
        for (int shift = 0; position < end; shift += 7) {
            int octet = block[position++];
            value += (octet & 0x7F) << shift;
            if (value > MAX_INTEGER || shift > 21) {
                throw new HpackException("A number is too large");
            }
            if (octet >= 0) {
                return value;
            }
        }
        throw truncated();
    }

    private static HpackException truncated() {
        return new HpackException("The header block ends within a field");
    }
}
