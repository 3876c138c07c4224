package customerservice.auth.password;

import java.util.Base64;
import java.util.Optional;

/**
 * A stored hash in PHC string format, {@code $argon2id$v=19$m=19456,t=2,p=1$<salt>$<tag>}, base64 without padding.
 *
 * <p>The parameters are those that the hash was made with, by an older release or a newer one, and are obeyed only within
 * bounds: a string that somebody planted in the table must not exhaust memory or time.
 */
final class PasswordHash {

    private static final String PREFIX = "$argon2id$v=19$";
    private static final int MAX_LENGTH = 300;
    private static final int MAX_MEMORY = 64 * 1024;
    private static final int MAX_PASSES = 8;
    private static final int MAX_LANES = 4;
    private static final long MAX_WORK = 4 * Argon2id.DEFAULT.work();
    private static final int MIN_BYTES = 8;
    private static final int MAX_BYTES = 64;
    private static final int MIN_TAG = 16;

    private final Argon2id parameters;
    private final byte[] salt;
    private final byte[] tag;

    PasswordHash(Argon2id parameters, byte[] salt, byte[] tag) {
        this.parameters = parameters;
        this.salt = salt;
        this.tag = tag;
    }

    /** Empty if the text is of another form, or out of bounds. */
    static Optional<PasswordHash> parse(String text) {
        if (text.length() > MAX_LENGTH || !text.startsWith(PREFIX)) {
            return Optional.empty();
        }
        String[] parts = text.substring(PREFIX.length()).split("\\$", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        return parameters(parts[0]).flatMap(parameters -> {
            byte[] salt = bytes(parts[1]);
            byte[] tag = bytes(parts[2]);
            return salt.length < MIN_BYTES || tag.length < MIN_TAG
                    ? Optional.empty()
                    : Optional.of(new PasswordHash(parameters, salt, tag));
        });
    }

    private static Optional<Argon2id> parameters(String text) {
        String[] parts = text.split(",", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        int memory = number(parts[0], "m=", MAX_MEMORY);
        int passes = number(parts[1], "t=", MAX_PASSES);
        int lanes = number(parts[2], "p=", MAX_LANES);
        // RFC 9106, section 3.1: at least 8 KiB for each lane.
        if (passes < 1 || lanes < 1 || memory < 8 * lanes) {
            return Optional.empty();
        }
        return Optional.of(new Argon2id(memory, passes, lanes)).filter(argon2id -> argon2id.work() <= MAX_WORK);
    }

    /** Minus one if it is none, or above the maximum. */
    private static int number(String text, String key, int max) {
        if (!text.startsWith(key) || text.length() == key.length() || text.length() > key.length() + 6) {
            return -1;
        }
        int value = 0;
        for (int i = key.length(); i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            value = value * 10 + c - '0';
        }
        return value > max ? -1 : value;
    }

    /** Empty if it is no base64, or too long. */
    private static byte[] bytes(String base64) {
        try {
            byte[] bytes = Base64.getDecoder().decode(base64);
            return bytes.length > MAX_BYTES ? new byte[0] : bytes;
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    String format() {
        Base64.Encoder encoder = Base64.getEncoder().withoutPadding();
        return PREFIX + "m=" + parameters.memory() + ",t=" + parameters.passes() + ",p=" + parameters.lanes() + "$"
                + encoder.encodeToString(salt) + "$" + encoder.encodeToString(tag);
    }

    Argon2id parameters() {
        return parameters;
    }

    byte[] salt() {
        return salt;
    }

    byte[] tag() {
        return tag;
    }

    /** Leaves salt and tag out. */
    @Override
    public String toString() {
        return "PasswordHash[" + parameters + "]";
    }
}
