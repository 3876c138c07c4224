package customerservice.api.json;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;

/**
 * JSON written straight to UTF-8 bytes, with no tree and no copy in between. Commas and names are the caller's, as
 * {@link #ascii} constants, since every form that this service writes is known beforehand. For one thread; to be used
 * again and again.
 *
 * <p>The array begins with room for whoever sends it to put something in front.
 */
public final class JsonOutput {

    private static final byte[] NULL = ascii("null");
    private static final byte[] TRUE = ascii("true");
    private static final byte[] FALSE = ascii("false");
    private static final byte[] HEX = ascii("0123456789abcdef");
    private static final int INITIAL_CAPACITY = 2_048;

    /** What a buffer may keep when it is used again: each connection has one, which it holds while it waits. */
    private static final int KEPT_CAPACITY = 4_096;
    private static final int DOUBLED_CAPACITY = 131_072;

    private final int reserved;
    private byte[] bytes;
    private int end;

    /** @param reserved how many bytes to keep free in front */
    public JsonOutput(int reserved) {
        this.reserved = reserved;
        this.bytes = new byte[reserved + INITIAL_CAPACITY];
        this.end = reserved;
    }

    /** A constant's bytes; the text must be ASCII. */
    public static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** How much memory it takes, in bytes. */
    public int capacity() {
        return bytes.length;
    }

    /** Empties it, and lets go of memory that only a large text needs. */
    public JsonOutput clear() {
        if (bytes.length > KEPT_CAPACITY) {
            bytes = new byte[reserved + INITIAL_CAPACITY];
        }
        end = reserved;
        return this;
    }

    /** The backing array: valid from {@link #start()}, {@link #length()} bytes long, until the next write. */
    public byte[] array() {
        return bytes;
    }

    public int start() {
        return reserved;
    }

    public int length() {
        return end - reserved;
    }

    /** Bytes that are JSON already. */
    public JsonOutput raw(byte[] json) {
        ensure(json.length);
        System.arraycopy(json, 0, bytes, end, json.length);
        end += json.length;
        return this;
    }

    /** One ASCII character, such as a bracket. */
    public JsonOutput raw(char c) {
        ensure(1);
        bytes[end++] = (byte) c;
        return this;
    }

    public JsonOutput nothing() {
        return raw(NULL);
    }

    public JsonOutput flag(boolean value) {
        return raw(value ? TRUE : FALSE);
    }

    public JsonOutput number(long value) {
        ensure(20);
        if (value < 0) {
            return raw(ascii(Long.toString(value)));
        }
        int digits = 1;
        for (long rest = value / 10; rest > 0; rest /= 10) {
            digits++;
        }
        long rest = value;
        for (int i = end + digits - 1; i >= end; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        end += digits;
        return this;
    }

    /** In quotes. Half of a surrogate pair, which UTF-8 has no form for, becomes U+FFFD. */
    public JsonOutput string(String text) {
        int length = text.length();
        ensure(length + 2);
        bytes[end++] = '"';
        int i = 0;
        while (i < length && isPlain(text.charAt(i))) {
            bytes[end++] = (byte) text.charAt(i++);
        }
        if (i < length) {
            stringFrom(text, i);
        }
        return raw('"');
    }

    /** In quotes, lower case. */
    public JsonOutput uuid(UUID id) {
        ensure(38);
        bytes[end++] = '"';
        long high = id.getMostSignificantBits();
        long low = id.getLeastSignificantBits();
        hex(high >>> 32, 8);
        bytes[end++] = '-';
        hex(high >>> 16, 4);
        bytes[end++] = '-';
        hex(high, 4);
        bytes[end++] = '-';
        hex(low >>> 48, 4);
        bytes[end++] = '-';
        hex(low, 12);
        bytes[end++] = '"';
        return this;
    }

    /** In quotes: RFC 3339 in UTC with three digits of a second. Only for the years 0 to 9999. */
    public JsonOutput time(Instant instant) {
        ensure(26);
        bytes[end++] = '"';
        end = Rfc3339.write(instant, bytes, end);
        bytes[end++] = '"';
        return this;
    }

    private void stringFrom(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            // The longest form of one char is an escape of six bytes.
            ensure(6);
            char c = text.charAt(i);
            if (isPlain(c)) {
                bytes[end++] = (byte) c;
            } else if (c < 0x80) {
                escape(c);
            } else if (c < 0x800) {
                bytes[end++] = (byte) (0xC0 | (c >> 6));
                bytes[end++] = (byte) (0x80 | (c & 0x3F));
            } else if (!Character.isSurrogate(c)) {
                threeBytes(c);
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                int codePoint = Character.toCodePoint(c, text.charAt(++i));
                bytes[end++] = (byte) (0xF0 | (codePoint >> 18));
                bytes[end++] = (byte) (0x80 | (codePoint >> 12 & 0x3F));
                bytes[end++] = (byte) (0x80 | (codePoint >> 6 & 0x3F));
                bytes[end++] = (byte) (0x80 | (codePoint & 0x3F));
            } else {
                threeBytes('\uFFFD');
            }
        }
    }

    private static boolean isPlain(char c) {
        return c >= 0x20 && c < 0x7F && c != '"' && c != '\\';
    }

    private void threeBytes(char c) {
        bytes[end++] = (byte) (0xE0 | (c >> 12));
        bytes[end++] = (byte) (0x80 | (c >> 6 & 0x3F));
        bytes[end++] = (byte) (0x80 | (c & 0x3F));
    }

    private void escape(char c) {
        bytes[end++] = '\\';
        if (c == '"' || c == '\\') {
            bytes[end++] = (byte) c;
        } else {
            bytes[end++] = 'u';
            hex(c, 4);
        }
    }

    private void hex(long value, int digits) {
        for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
            bytes[end++] = HEX[(int) (value >>> shift) & 0xF];
        }
    }

    private void ensure(int more) {
        if (bytes.length - end < more) {
            // A large one holds its memory until its reader has it: less of it is for nothing then.
            int grown = bytes.length < DOUBLED_CAPACITY ? 2 * bytes.length : bytes.length + bytes.length / 4;
            bytes = Arrays.copyOf(bytes, Math.max(end + more, grown));
        }
    }
}
