package customerservice.auth.key;

import java.util.Objects;

/**
 * The signing keys that are in force, which may be exchanged while tokens are issued and verified. Whoever handles one
 * token asks once, so that it sees the keys of before or those of after and no mixture.
 */
public final class ActiveSigningKeys {

    private volatile SigningKeys inForce;

    /** @param keys to begin with */
    public ActiveSigningKeys(SigningKeys keys) {
        this.inForce = Objects.requireNonNull(keys, "keys");
    }

    /** The keys of this moment. */
    public SigningKeys inForce() {
        return inForce;
    }

    /**
     * Tokens are signed by these from now on, and verified by these alone: one that a missing key has signed is refused
     * from now on, though it was accepted a moment ago.
     */
    public void replace(SigningKeys keys) {
        inForce = Objects.requireNonNull(keys, "keys");
    }

    @Override
    public String toString() {
        return "ActiveSigningKeys of " + inForce;
    }
}
