package customerservice.auth.password;

import customerservice.auth.HashingBusyException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.LongAdder;
import java.util.random.RandomGenerator;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator.BlockPool;

/**
 * Hashes and checks passwords with Argon2id. One hash takes 19 MiB and some 50 ms of one core, so the number at once is
 * bounded, and so are the number and the time of those that wait: a storm of sign-ins costs sign-ins, not the service.
 */
public final class Passwords {

    private static final System.Logger LOGGER = System.getLogger(Passwords.class.getName());
    private static final Duration MAX_WAIT = Duration.ofSeconds(3);
    private static final int SALT_BYTES = 16;
    private static final int TAG_BYTES = 32;
    private static final char[] NO_PASSWORD = {};

    private final HashingQueue queue;
    private final RandomGenerator random;
    private final String hashOfNothing;
    private final LongAdder hashes = new LongAdder();

    /** Kept, because 19 MiB of garbage for each sign-in would have the heap grow to its limit. */
    private final BlockPool memory;

    /**
     * @param concurrentHashes how many are hashed at once, at least 1; the number of cores is a good choice
     * @param waiting how many more may wait for their turn, for up to 3 s; 0 for none
     * @param random for salts; of cryptographic strength
     */
    public Passwords(int concurrentHashes, int waiting, RandomGenerator random) {
        this.queue = new HashingQueue(concurrentHashes, waiting, MAX_WAIT);
        this.memory = Argon2id.DEFAULT.pool(concurrentHashes);
        this.random = Objects.requireNonNull(random, "random");
        this.hashOfNothing = new PasswordHash(Argon2id.DEFAULT, salt(), new byte[TAG_BYTES]).format();
    }

    /**
     * @param password of at most 256 characters; left as it is, the caller wipes it
     * @return a PHC string with a new salt
     * @throws IllegalArgumentException if the password is longer
     * @throws HashingBusyException if too many are being hashed
     */
    public String hash(char[] password) {
        Objects.requireNonNull(password, "password");
        if (!PasswordBytes.fits(password)) {
            throw new IllegalArgumentException("password of more than " + PasswordBytes.MAX_CHARACTERS + " characters");
        }
        return inTurn("", () -> hashInTurn(password));
    }

    /** As {@link #hash}, for work whose turn it is. */
    public String hashInTurn(char[] password) {
        byte[] salt = salt();
        byte[] tag = tag(password, new PasswordHash(Argon2id.DEFAULT, salt, new byte[TAG_BYTES]));
        return new PasswordHash(Argon2id.DEFAULT, salt, tag).format();
    }

    /**
     * Whether {@link #hash} would make a better one: this one takes less work to guess. Not one of a newer release, which
     * would be made worse.
     */
    public static boolean isOutdated(String phc) {
        return PasswordHash.parse(phc)
                .filter(hash -> hash.parameters().work() < Argon2id.DEFAULT.work())
                .isPresent();
    }

    /**
     * Compares in constant time. A hash that cannot be read, or asks for more memory or time than is sane, matches
     * nothing, after the usual work; nor does a password of more than 256 characters, which nobody can have.
     *
     * @param password left as it is; the caller wipes it
     * @param phc as {@link #hash} gave it, or another {@code argon2id} with up to 64 MiB, 8 passes, 4 lanes and four times
     *     the usual work
     * @throws HashingBusyException if too many are being hashed
     */
    public boolean matches(char[] password, String phc) {
        return inTurn("", () -> matchesInTurn(password, phc));
    }

    /**
     * Does work with a hash in it when it is its turn.
     *
     * @param network of the one who waits for it; empty for somebody who is known
     * @throws HashingBusyException if too many are being hashed
     */
    public <T> T inTurn(String network, Callable<T> work) {
        return queue.inTurn(network, work);
    }

    /** As {@link #matches}, for work whose turn it is. */
    public boolean matchesInTurn(char[] password, String phc) {
        Objects.requireNonNull(password, "password");
        Objects.requireNonNull(phc, "phc");
        Optional<PasswordHash> stored = PasswordHash.parse(phc);
        if (stored.isEmpty()) {
            LOGGER.log(System.Logger.Level.WARNING, "a stored password hash is not readable and matches nothing");
        }
        PasswordHash expected = stored.orElseGet(() -> PasswordHash.parse(hashOfNothing).orElseThrow());
        boolean possible = PasswordBytes.fits(password) && stored.isPresent();
        return MessageDigest.isEqual(tag(possible ? password : NO_PASSWORD, expected), expected.tag()) && possible;
    }

    /** Compared with this, which nothing matches, an unknown user costs what a known one does. */
    public String hashOfNothing() {
        return hashOfNothing;
    }

    /** How many hashes have been made since the start. */
    public long hashes() {
        return hashes.sum();
    }

    private byte[] salt() {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return salt;
    }

    private byte[] tag(char[] password, PasswordHash like) {
        byte[] bytes = PasswordBytes.of(password);
        try {
            byte[] tag = new byte[like.tag().length];
            like.parameters().hash(bytes, like.salt(), tag, memory);
            hashes.increment();
            return tag;
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }
}
