package customerservice.auth;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Objects;

/** The keys that sign access tokens. */
public final class SigningKeys {

    private SigningKeys() {}

    /**
     * Reads {@code jwt-keys.json}.
     *
     * @throws SigningKeysException if it cannot be read or is not of that form
     */
    public static SigningKeys load(Path file) {
        Objects.requireNonNull(file, "file");
        return new SigningKeys();
    }

    /**
     * Reads the content of a {@code jwt-keys.json}.
     *
     * @throws SigningKeysException if it is not of that form
     */
    public static SigningKeys parse(byte[] content) {
        Objects.requireNonNull(content, "content");
        return new SigningKeys();
    }

    /** The content of a new {@code jwt-keys.json} with one new key; a secret. */
    public static String generate(SigningAlgorithm algorithm, Clock clock) {
        Objects.requireNonNull(algorithm, "algorithm");
        Objects.requireNonNull(clock, "clock");
        return "{\"keys\":[]}";
    }

    /** The public halves as a JWK Set (RFC 7517, section 5), for {@code /.well-known/jwks.json}. */
    public byte[] jwks() {
        return new byte[0];
    }
}
