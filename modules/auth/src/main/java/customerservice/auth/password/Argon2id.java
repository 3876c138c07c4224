package customerservice.auth.password;

import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator.BlockPool;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator.FixedBlockPool;
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

    /** What a hash costs: KiB that it goes over, all passes together. */
    long work() {
        return (long) memory * passes;
    }

    /** Memory to be used again and again, for so many hashes at once; filled as it is needed, and wiped after each. */
    BlockPool pool(int hashes) {
        return new FixedBlockPool(hashes * Argon2BytesGenerator.getBlockCount(memory, lanes));
    }

    /** Fills {@code tag}, with memory from {@code pool} or, where that has not enough, new memory. */
    void hash(byte[] password, byte[] salt, byte[] tag, BlockPool pool) {
        hash(password, salt, NOTHING, NOTHING, tag, pool);
    }

    /** @param secret a key that is not stored with the hash; empty for none */
    void hash(byte[] password, byte[] salt, byte[] secret, byte[] associatedData, byte[] tag, BlockPool pool) {
        var generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(memory)
                .withIterations(passes)
                .withParallelism(lanes)
                .withSalt(salt)
                .withSecret(secret)
                .withAdditional(associatedData)
                .withBlockPool(pool)
                .build());
        generator.generateBytes(password, tag);
    }
}
