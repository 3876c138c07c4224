package customerservice.app.logging;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;

/** Bytes under way to the log, and how values are written into them. For one thread. */
final class LineBuffer {

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CUT = "…".getBytes(StandardCharsets.UTF_8);
    private static final int LONGEST_ESCAPE = 6;

    private final TimestampBytes timestamp = new TimestampBytes();
    private byte[] bytes;
    private int size;

    LineBuffer(int capacity) {
        bytes = new byte[capacity];
    }

    int size() {
        return size;
    }

    void clear() {
        size = 0;
    }

    void writeTo(LogOutput out) throws IOException {
        out.write(bytes, size);
    }

    LineBuffer raw(byte[] ascii) {
        reserve(ascii.length);
        System.arraycopy(ascii, 0, bytes, size, ascii.length);
        size += ascii.length;
        return this;
    }

    LineBuffer raw(char ascii) {
        reserve(1);
        bytes[size++] = (byte) ascii;
        return this;
    }

    /** Decimal digits. */
    LineBuffer number(long number) {
        if (number < 0) {
            return number == Long.MIN_VALUE
                    ? raw(Long.toString(number).getBytes(StandardCharsets.US_ASCII))
                    : raw('-').number(-number);
        }
        int digits = 1;
        for (long rest = number; rest >= 10; rest /= 10) {
            digits++;
        }
        reserve(digits);
        long rest = number;
        for (int at = size + digits - 1; at >= size; at--) {
            bytes[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        size += digits;
        return this;
    }

    /** Nanoseconds as milliseconds with three decimal places. */
    LineBuffer millis(long nanos) {
        long micros = Math.max(0, nanos) / 1_000;
        number(micros / 1_000).raw('.');
        int fraction = (int) (micros % 1_000);
        return raw((char) ('0' + fraction / 100))
                .raw((char) ('0' + fraction / 10 % 10))
                .raw((char) ('0' + fraction % 10));
    }

    /** A value that may be longer than a line, after room for its length; returns where it begins. */
    int beginValue() {
        reserve(Long.BYTES);
        size += Long.BYTES;
        return size;
    }

    /** Its length in front of it, little endian, and a newline behind. */
    void endValue(int start) {
        long length = (long) size - start;
        for (int i = start - Long.BYTES; i < start; i++) {
            bytes[i] = (byte) length;
            length >>>= Byte.SIZE;
        }
        raw('\n');
    }

    /** RFC 3339, UTC, with milliseconds. */
    LineBuffer time(long epochMillis) {
        return raw(timestamp.of(epochMillis));
    }

    /** Text between quotes (RFC 8259, section 7); what takes more than so many bytes is cut off. */
    LineBuffer json(String text, int maximum) {
        raw('"');
        characters(text, maximum, true);
        return raw('"');
    }

    /** Text for a terminal, which shall not take orders from it; cut off as well. */
    LineBuffer text(String text, int maximum) {
        characters(text, maximum, false);
        return this;
    }

    private void characters(String text, int maximum, boolean json) {
        int end = size + maximum;
        for (int i = 0; i < text.length(); i++) {
            if (size >= end) {
                raw(CUT);
                return;
            }
            reserve(LONGEST_ESCAPE);
            char c = text.charAt(i);
            if (c < 0x20 || c == 0x7f) {
                control(c, json);
            } else if (c < 0x80) {
                if (json && (c == '"' || c == '\\')) {
                    bytes[size++] = '\\';
                }
                bytes[size++] = (byte) c;
            } else if (c < 0xa0) {
                escape(c);
            } else if (c < 0x800) {
                bytes[size++] = (byte) (0xc0 | (c >> 6));
                bytes[size++] = (byte) (0x80 | (c & 0x3f));
            } else if (!Character.isSurrogate(c)) {
                three(c);
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                four(Character.toCodePoint(c, text.charAt(++i)));
            } else {
                three('\ufffd');
            }
        }
    }

    private void control(char c, boolean json) {
        if (c == '\n' || c == '\t') {
            if (json) {
                bytes[size++] = '\\';
                bytes[size++] = (byte) (c == '\n' ? 'n' : 't');
            } else if (c == '\t') {
                bytes[size++] = '\t';
            } else {
                // Indented, so that a message cannot pass itself off as a line of its own.
                bytes[size++] = '\n';
                bytes[size++] = ' ';
                bytes[size++] = ' ';
            }
        } else if (c != '\r' || json) {
            escape(c);
        }
    }

    private void escape(char c) {
        bytes[size++] = '\\';
        bytes[size++] = 'u';
        bytes[size++] = '0';
        bytes[size++] = '0';
        bytes[size++] = HEX[c >> 4];
        bytes[size++] = HEX[c & 0xf];
    }

    private void three(char c) {
        bytes[size++] = (byte) (0xe0 | (c >> 12));
        bytes[size++] = (byte) (0x80 | ((c >> 6) & 0x3f));
        bytes[size++] = (byte) (0x80 | (c & 0x3f));
    }

    private void four(int codePoint) {
        bytes[size++] = (byte) (0xf0 | (codePoint >> 18));
        bytes[size++] = (byte) (0x80 | ((codePoint >> 12) & 0x3f));
        bytes[size++] = (byte) (0x80 | ((codePoint >> 6) & 0x3f));
        bytes[size++] = (byte) (0x80 | (codePoint & 0x3f));
    }

    private void reserve(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
        }
    }

    /** Most lines fall into the same second as the one before. */
    private static final class TimestampBytes {

        private final byte[] text = "0000-00-00T00:00:00.000Z".getBytes(StandardCharsets.US_ASCII);
        private long second = Long.MIN_VALUE;

        byte[] of(long epochMillis) {
            long ofSecond = Math.floorDiv(epochMillis, 1_000L);
            if (ofSecond != second) {
                second = ofSecond;
                LocalDateTime time = LocalDateTime.ofEpochSecond(ofSecond, 0, ZoneOffset.UTC);
                put(0, 4, time.getYear());
                put(5, 2, time.getMonthValue());
                put(8, 2, time.getDayOfMonth());
                put(11, 2, time.getHour());
                put(14, 2, time.getMinute());
                put(17, 2, time.getSecond());
            }
            put(20, 3, (int) Math.floorMod(epochMillis, 1_000L));
            return text;
        }

        private void put(int at, int digits, int number) {
            int rest = number;
            for (int i = at + digits - 1; i >= at; i--) {
                text[i] = (byte) ('0' + rest % 10);
                rest /= 10;
            }
        }
    }
}
