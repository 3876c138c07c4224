package customerservice.auth;

import customerservice.domain.AuditEntry;
import customerservice.domain.AuditStream;
import customerservice.domain.Caller;
import customerservice.domain.DomainException;
import customerservice.domain.TimeOrderedUuid;
import customerservice.domain.Violations;
import customerservice.domain.identity.Role;
import customerservice.domain.identity.User;
import customerservice.domain.identity.UserStore;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * What can be done with users. Every method may throw {@link DomainException.StoreBusy} or {@link
 * DomainException.StoreUnavailable}.
 */
public final class Users {

    private final UserStore store;
    private final Passwords passwords;
    private final AuditStream auditStream;
    private final Clock clock;
    private final RandomGenerator random;

    /** @param random for ids */
    public Users(
            UserStore store, Passwords passwords, AuditStream auditStream, Clock clock, RandomGenerator random) {
        this.store = Objects.requireNonNull(store, "store");
        this.passwords = Objects.requireNonNull(passwords, "passwords");
        this.auditStream = Objects.requireNonNull(auditStream, "auditStream");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.random = Objects.requireNonNull(random, "random");
    }

    /**
     * Adds an active user.
     *
     * @param password 8 to 256 characters, any; wiped before this returns, in any case
     * @throws DomainException.InvalidInput if the name or the password breaks the rules
     * @throws DomainException.DuplicateUsername if another user has this name
     * @throws HashingBusyException if too many passwords are being hashed
     */
    public User add(String username, Role role, char[] password, Caller caller) {
        Objects.requireNonNull(username, "username");
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(password, "password");
        Objects.requireNonNull(caller, "caller");
        try {
            var violations = new Violations();
            if (!Usernames.isValid(username)) {
                violations.add(
                        "/username",
                        "invalid_username",
                        "must be 1 to 64 characters out of a-z 0-9 . _ -, starting with a letter");
            }
            PasswordRules.check(password, "/password", violations);
            violations.throwIfAny();
            String hash = passwords.hash(password);
            Instant now = now();
            var user = new User(TimeOrderedUuid.next(clock, random), username, role, hash, true, now);
            AuditEntry audit = audit(
                    "user.create", user.id(), List.of("username", "role", "password", "active"), now, caller);
            store.insert(user, audit);
            auditStream.happened(audit);
            return user;
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    /**
     * Replaces a user's password. Refresh tokens that were issued before end with that; access tokens stay valid until
     * they expire.
     *
     * @param password the new one, 8 to 256 characters, any; wiped before this returns, in any case
     * @return false if there is no such user
     * @throws DomainException.InvalidInput if the password breaks the rules
     * @throws HashingBusyException if too many passwords are being hashed
     */
    public boolean changePassword(String username, char[] password, Caller caller) {
        Objects.requireNonNull(username, "username");
        Objects.requireNonNull(password, "password");
        Objects.requireNonNull(caller, "caller");
        try {
            var violations = new Violations();
            PasswordRules.check(password, "/password", violations);
            violations.throwIfAny();
            Optional<User> user = Usernames.isValid(username) ? store.findByUsername(username) : Optional.empty();
            if (user.isEmpty()) {
                return false;
            }
            UUID id = user.get().id();
            AuditEntry audit = audit("user.change_password", id, List.of("password"), now(), caller);
            boolean changed = store.updatePasswordHash(id, passwords.hash(password), audit);
            if (changed) {
                auditStream.happened(audit);
            }
            return changed;
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    /** By name; at most 1,000. */
    public List<User> list() {
        return store.list();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static AuditEntry audit(String action, UUID id, List<String> fields, Instant at, Caller caller) {
        return new AuditEntry(at, action, id.toString(), 0, fields, caller);
    }
}
