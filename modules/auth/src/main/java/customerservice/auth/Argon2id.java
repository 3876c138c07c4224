package customerservice.auth;

import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Argon2id, version 1.3 (RFC 9106).
 *
 * @param memory KiB
 * @param passes over the memory
 * @param lanes worked through one after the other here, whatever their number
 */
record Argon2id(int memory, int passes, int lanes) {

    /** OWASP's recommendation with the least memory but one; a hash then takes 19 MiB and some 50 ms of one core. */
    static final Argon2id DEFAULT = new Argon2id(19_456, 2, 1);

    private static final byte[] NOTHING = {};

    /** Fills {@code tag}. */
    void hash(byte[] password, byte[] salt, byte[] tag) {
        hash(password, salt, NOTHING, NOTHING, tag);
    }

    /** @param secret a key that is not stored with the hash; empty for none */
    void hash(byte[] password, byte[] salt, byte[] secret, byte[] associatedData, byte[] tag) {
        var generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(memory)
                .withIterations(passes)
                .withParallelism(lanes)
                .withSalt(salt)
                .withSecret(secret)
                .withAdditional(associatedData)
                .build());
        generator.generateBytes(password, tag);
    }
}
