package customerservice.domain.customer;

import java.util.Objects;

/**
 * Marks a request that may come twice and must act once (draft-ietf-httpapi-idempotency-key-header). Remembered for 24
 * hours, for each caller apart.
 *
 * @param principal whose key it is
 * @param value 1 to 255 visible ASCII characters
 * @param fingerprint tells this request from another with the same key: lower-case hex SHA-256 of the body
 */
public record IdempotencyKey(String principal, String value, String fingerprint) {

    public static final int MAX_LENGTH = 255;

    public IdempotencyKey {
        Objects.requireNonNull(principal, "principal");
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(fingerprint, "fingerprint");
    }
}
