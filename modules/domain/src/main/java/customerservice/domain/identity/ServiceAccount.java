package customerservice.domain.identity;

import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * A program that may get access tokens for itself (RFC 6749, section 4.4).
 *
 * @param id also its {@code client_id} and the {@code sub} of its tokens
 * @param name 1 to 64 characters out of {@code a-z 0-9 . _ -}, starting with a letter; unique; for people only
 * @param scopes what its tokens may allow; none if a later release has given it others than this one knows
 * @param secretHash SHA-256 of the client secret in 64 lower-case hex digits: the secret is 256 random bits, which no
 *     slow hash makes harder to guess
 */
public record ServiceAccount(UUID id, String name, Set<Scope> scopes, String secretHash, Instant createdAt) {

    public ServiceAccount {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        scopes = Set.copyOf(scopes);
        Objects.requireNonNull(secretHash, "secretHash");
        Objects.requireNonNull(createdAt, "createdAt");
    }

    /** Leaves the hash out: an account may end up in a log line. */
    @Override
    public String toString() {
        return "ServiceAccount[" + id + ", " + name + "]";
    }
}
