package customerservice.auth.key;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What may be told of a signing key.
 *
 * @param status {@code next}, {@code current} or {@code previous}
 * @param since when it got that status, if the file says so
 */
public record KeyDescription(String id, SigningAlgorithm algorithm, String status, Optional<Instant> since) {

    public KeyDescription {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(algorithm, "algorithm");
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(since, "since");
    }
}
