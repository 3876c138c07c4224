package customerservice.auth;

import java.util.Objects;
import java.util.random.RandomGenerator;

/** Hashes passwords. */
public final class Passwords {

    /**
     * @param concurrentHashes how many are hashed at once; each takes 19 MiB while it runs
     * @param waiting how many more may wait for their turn
     * @param random for salts; of cryptographic strength
     */
    public Passwords(int concurrentHashes, int waiting, RandomGenerator random) {
        Objects.requireNonNull(random, "random");
    }

    /**
     * @return a PHC string with a new salt
     * @throws HashingBusyException if too many are being hashed
     */
    public String hash(char[] password) {
        Objects.requireNonNull(password, "password");
        throw new UnsupportedOperationException();
    }

    /** @throws HashingBusyException if too many are being hashed */
    public boolean matches(char[] password, String phc) {
        Objects.requireNonNull(password, "password");
        Objects.requireNonNull(phc, "phc");
        throw new UnsupportedOperationException();
    }
}
