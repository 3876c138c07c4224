package customerservice.api.transport.hpack;

/**
 * The code of RFC 7541, appendix B. It is canonical: codes of one length are given out in the order of their bytes, after
 * all shorter ones, so that the lengths tell it all.
 *
 * <p>Decoding goes by half bytes. Each inner node of the code's tree is a state, and one step leads from a state by four
 * bits to the next and gives at most one byte, since no code is shorter than five bits.
 */
final class Huffman {

    private static final int END_OF_STRING = 256;
    private static final int STATES = 256;

    private static final int SYMBOL_SHIFT = 16;
    private static final int EMITS = 1 << 24;
    private static final int FAILS = 1 << 25;
    private static final int STATE_MASK = 0xFF;

    /** In each row first the length in bits, then all bytes whose codes have it. */
    private static final int[][] CODES = {
        {5, 48, 49, 50, 97, 99, 101, 105, 111, 115, 116},
        {6, 32, 37, 45, 46, 47, 51, 52, 53, 54, 55, 56, 57, 61, 65, 95, 98, 100, 102, 103, 104, 108, 109, 110, 112, 114,
            117},
        {7, 58, 66, 67, 68, 69, 70, 71, 72, 73, 74, 75, 76, 77, 78, 79, 80, 81, 82, 83, 84, 85, 86, 87, 89, 106, 107,
            113, 118, 119, 120, 121, 122},
        {8, 38, 42, 44, 59, 88, 90},
        {10, 33, 34, 40, 41, 63},
        {11, 39, 43, 124},
        {12, 35, 62},
        {13, 0, 36, 64, 91, 93, 126},
        {14, 94, 125},
        {15, 60, 96, 123},
        {19, 92, 195, 208},
        {20, 128, 130, 131, 162, 184, 194, 224, 226},
        {21, 153, 161, 167, 172, 176, 177, 179, 209, 216, 217, 227, 229, 230},
        {22, 129, 132, 133, 134, 136, 146, 154, 156, 160, 163, 164, 169, 170, 173, 178, 181, 185, 186, 187, 189, 190,
            196, 198, 228, 232, 233},
        {23, 1, 135, 137, 138, 139, 140, 141, 143, 147, 149, 150, 151, 152, 155, 157, 158, 165, 166, 168, 174, 175, 180,
            182, 183, 188, 191, 197, 231, 239},
        {24, 9, 142, 144, 145, 148, 159, 171, 206, 215, 225, 236, 237},
        {25, 199, 207, 234, 235},
        {26, 192, 193, 200, 201, 202, 205, 210, 213, 218, 219, 238, 240, 242, 243, 255},
        {27, 203, 204, 211, 212, 214, 221, 222, 223, 241, 244, 245, 246, 247, 248, 250, 251, 252, 253, 254},
        {28, 2, 3, 4, 5, 6, 7, 8, 11, 12, 14, 15, 16, 17, 18, 19, 20, 21, 23, 24, 25, 26, 27, 28, 29, 30, 31, 127, 220,
            249},
        {30, 10, 13, 22, 256}};

    /** By state and four bits: the next state, what is given, or that it fails. */
    private static final int[] STEPS = new int[STATES * 16];

    /** Where a string may end: after at most seven bits, all of them ones (section 5.2). */
    private static final boolean[] MAY_END = new boolean[STATES];

    static {
        build();
    }

    private Huffman() {}

    /**
     * Decodes a string.
     *
     * @param out large enough for 8/5 of the coded bytes
     * @return how many bytes it has
     * @throws HpackException if it holds the code of the end or is padded with anything but its beginning
     */
    static int decode(byte[] coded, int from, int to, byte[] out) {
        int state = 0;
        int length = 0;
        for (int i = from; i < to; i++) {
            int octet = coded[i];
            for (int nibble = octet >> 4 & 0xF, half = 0; half < 2; nibble = octet & 0xF, half++) {
                int step = STEPS[state << 4 | nibble];
                if ((step & FAILS) != 0) {
                    throw new HpackException("The end of a string within it");
                }
                if ((step & EMITS) != 0) {
                    out[length++] = (byte) (step >> SYMBOL_SHIFT);
                }
                state = step & STATE_MASK;
            }
        }
        if (!MAY_END[state]) {
            throw new HpackException("A string's padding is not the end's");
        }
        return length;
    }

    private static void build() {
        // Of each inner node: its children, inner nodes as they are and leaves as the complement of their symbol.
        int[][] children = new int[STATES][2];
        int nodes = 1;
        int code = 0;
        int length = 0;
        for (int[] group : CODES) {
            code <<= group[0] - length;
            length = group[0];
            for (int i = 1; i < group.length; i++, code++) {
                int node = 0;
                for (int bit = length - 1; bit > 0; bit--) {
                    int direction = code >> bit & 1;
                    if (children[node][direction] == 0) {
                        children[node][direction] = nodes++;
                    }
                    node = children[node][direction];
                }
                children[node][code & 1] = ~group[i];
            }
        }
        for (int state = 0; state < STATES; state++) {
            for (int nibble = 0; nibble < 16; nibble++) {
                STEPS[state << 4 | nibble] = step(children, state, nibble);
            }
        }
        for (int ones = 0, node = 0; ones < 8; ones++, node = children[node][1]) {
            MAY_END[node] = true;
        }
    }

    private static int step(int[][] children, int state, int nibble) {
        int node = state;
        int emitted = 0;
        for (int bit = 3; bit >= 0; bit--) {
            int next = children[node][nibble >> bit & 1];
            if (next == ~END_OF_STRING) {
                return FAILS;
            }
            if (next < 0) {
                emitted = EMITS | ~next << SYMBOL_SHIFT;
                next = 0;
            }
            node = next;
        }
        return emitted | node;
    }
}
