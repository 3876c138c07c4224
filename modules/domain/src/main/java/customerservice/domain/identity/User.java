package customerservice.domain.identity;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * A person who may sign in.
 *
 * @param username 1 to 64 characters out of {@code a-z 0-9 . _ -}, starting with a letter; unique
 * @param passwordHash in PHC string format, {@code $argon2id$v=19$…}
 */
public record User(UUID id, String username, Role role, String passwordHash, boolean active, Instant createdAt) {

    public User {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(username, "username");
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(passwordHash, "passwordHash");
        Objects.requireNonNull(createdAt, "createdAt");
    }

    /** The same user in another role. */
    public User with(Role other) {
        return new User(id, username, other, passwordHash, active, createdAt);
    }

    /** The same user, who may sign in or not. */
    public User withActive(boolean other) {
        return new User(id, username, role, passwordHash, other, createdAt);
    }

    /** The same user, whose password is hashed in another way. */
    public User withPasswordHash(String other) {
        return new User(id, username, role, other, active, createdAt);
    }

    /** Leaves the hash out: a user may end up in a log line. */
    @Override
    public String toString() {
        return "User[" + id + ", " + role.label() + (active ? "" : ", inactive") + "]";
    }
}
