package customerservice.auth.account;

import customerservice.auth.HashingBusyException;
import customerservice.auth.InvalidCredentialsException;
import customerservice.auth.AttemptDelayedException;
import customerservice.auth.password.PasswordRules;
import customerservice.auth.password.Passwords;
import customerservice.domain.Caller;
import customerservice.domain.DomainException;
import customerservice.domain.Page;
import customerservice.domain.Seek;
import customerservice.domain.TimeOrderedUuid;
import customerservice.domain.Violations;
import customerservice.domain.audit.AuditEntry;
import customerservice.domain.audit.AuditListener;
import customerservice.domain.identity.Role;
import customerservice.domain.identity.User;
import customerservice.domain.identity.UserPatch;
import customerservice.domain.identity.UserStore;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * What can be done with users. Every method may throw {@link DomainException.StoreBusy} or {@link
 * DomainException.StoreUnavailable}.
 */
public final class Users {

    private static final String CHANGE_PASSWORD = "user.change_password";
    private static final String SIGN_OUT = "user.sign_out";
    private static final int MAX_ATTEMPTS = 5;

    private final UserStore store;
    private final Passwords passwords;
    private final PasswordCheck check;
    private final AuditListener auditStream;
    private final Clock clock;
    private final RandomGenerator random;

    /** @param random for ids */
    public Users(
            UserStore store,
            Passwords passwords,
            PasswordCheck check,
            AuditListener auditStream,
            Clock clock,
            RandomGenerator random) {
        this.store = Objects.requireNonNull(store, "store");
        this.passwords = Objects.requireNonNull(passwords, "passwords");
        this.check = Objects.requireNonNull(check, "check");
        this.auditStream = Objects.requireNonNull(auditStream, "auditStream");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.random = Objects.requireNonNull(random, "random");
    }

    /**
     * Adds an active user.
     *
     * @param password 8 to 256 characters, any but the most used; wiped before this returns, in any case
     * @throws DomainException.InvalidInput if the name or the password breaks the rules
     * @throws DomainException.DuplicateUsername if another user has this name
     * @throws HashingBusyException if too many passwords are being hashed
     */
    public User add(String username, Role role, char[] password, Caller caller) {
        Objects.requireNonNull(username, "username");
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(password, "password");
        return add(new UserDraft(username, role.label(), password), new Violations(), caller);
    }

    /**
     * Adds an active user, otherwise as the other.
     *
     * @param violations what was found wrong already; the rest is added
     */
    public User add(UserDraft draft, Violations violations, Caller caller) {
        return insert(draft, violations, caller, _ -> {});
    }

    /**
     * Adds an active user, otherwise as the other.
     *
     * @param beforehand gets the user before it is stored, unless its name is taken already, and may still prevent it by
     *     an exception
     */
    public User add(UserDraft draft, Violations violations, Caller caller, Consumer<User> beforehand) {
        Objects.requireNonNull(beforehand, "beforehand");
        return insert(draft, violations, caller, user -> {
            if (find(user.username()).isPresent()) {
                throw new DomainException.DuplicateUsername();
            }
            beforehand.accept(user);
        });
    }

    private User insert(UserDraft draft, Violations violations, Caller caller, Consumer<User> beforehand) {
        Objects.requireNonNull(draft, "draft");
        Objects.requireNonNull(violations, "violations");
        Objects.requireNonNull(caller, "caller");
        char[] password = draft.password() == null ? new char[0] : draft.password();
        try {
            Optional<Role> role = checked(draft, violations);
            violations.throwIfAny();
            String hash = passwords.hash(password);
            Instant now = now();
            var user = new User(
                    TimeOrderedUuid.next(clock, random), draft.username(), role.orElseThrow(), hash, true, now);
            AuditEntry audit = audit(
                    "user.create", user.id(), List.of("username", "role", "password", "active"), now, caller);
            beforehand.accept(user);
            store.insert(user, audit);
            auditStream.happened(audit);
            return user;
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    private static Optional<Role> checked(UserDraft draft, Violations violations) {
        if (draft.username() == null) {
            Usernames.missing("/username", violations);
        } else {
            Usernames.check(draft.username(), "/username", "invalid_username", violations);
        }
        Optional<Role> role = Optional.ofNullable(draft.role()).flatMap(Role::ofLabel);
        if (draft.role() == null) {
            Usernames.missing("/role", violations);
        } else if (role.isEmpty()) {
            violations.add("/role", "invalid_role", "must be one of admin, operator, viewer");
        }
        if (draft.password() == null) {
            Usernames.missing("/password", violations);
        } else {
            String username = draft.username() == null ? "" : draft.username();
            PasswordRules.check(draft.password(), username, "/password", violations);
        }
        return role;
    }

    /** @throws DomainException.UserNotFound if there is none */
    public User get(UUID id) {
        Objects.requireNonNull(id, "id");
        return store.find(id).orElseThrow(DomainException.UserNotFound::new);
    }

    /** By its name, in lower case as it was given. */
    public Optional<User> find(String username) {
        Objects.requireNonNull(username, "username");
        return Usernames.isValid(username) ? store.findByUsername(username) : Optional.empty();
    }

    /** By name. */
    public Page<User> list(Seek<String> seek, int limit) {
        Objects.requireNonNull(seek, "seek");
        return store.list(seek, limit);
    }

    /**
     * Gives a user another role or state. Tokens that were issued before end.
     *
     * @return the user as it is now
     * @throws DomainException.UserNotFound if there is none
     * @throws DomainException.LastAdmin if no active admin would be left
     * @throws DomainException.ConcurrentChange if others kept coming first
     */
    public User amend(UUID id, UserPatch amendment, Caller caller) {
        Objects.requireNonNull(amendment, "amendment");
        Objects.requireNonNull(caller, "caller");
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            User before = get(id);
            if (before.role() == Role.UNKNOWN) {
                // What a later release has made of it is not known here; whoever tries again reaches that one soon.
                throw new DomainException.ConcurrentChange();
            }
            User after = amendment.applyTo(before);
            List<String> fields = changedFields(before, after);
            if (fields.isEmpty()) {
                return before;
            }
            AuditEntry audit = audit("user.update", id, fields, now(), caller);
            if (store.update(before, after, audit)) {
                auditStream.happened(audit);
                return after;
            }
        }
        throw new DomainException.ConcurrentChange();
    }

    private static List<String> changedFields(User before, User after) {
        List<String> fields = new ArrayList<>(2);
        if (after.role() != before.role()) {
            fields.add("role");
        }
        if (after.active() != before.active()) {
            fields.add("active");
        }
        return fields;
    }

    /**
     * Removes a user for good, and with it its tokens.
     *
     * @throws DomainException.UserNotFound if there is none
     * @throws DomainException.LastAdmin if no active admin would be left
     */
    public void remove(UUID id, Caller caller) {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(caller, "caller");
        AuditEntry audit = audit("user.remove", id, List.of(), now(), caller);
        if (!store.delete(id, audit)) {
            throw new DomainException.UserNotFound();
        }
        auditStream.happened(audit);
    }

    /**
     * Ends all sign-ins of a user, with their access tokens, on behalf of somebody who looks after users.
     *
     * @return how many were ended
     * @throws DomainException.UserNotFound if there is none
     */
    public int signOut(UUID id, Caller caller) {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(caller, "caller");
        AuditEntry audit = audit(SIGN_OUT, id.toString(), List.of(), now(), caller);
        int ended = store.endSignIns(id, audit).orElseThrow(DomainException.UserNotFound::new);
        auditStream.happened(audit);
        return ended;
    }

    /**
     * Ends all sign-ins of all users, otherwise as the other.
     *
     * @return how many were ended
     */
    public int signOutAll(Caller caller) {
        Objects.requireNonNull(caller, "caller");
        AuditEntry audit = audit(SIGN_OUT, "all", List.of(), now(), caller);
        int ended = store.endAllSignIns(audit);
        auditStream.happened(audit);
        return ended;
    }

    /**
     * Replaces a user's password, on behalf of somebody who looks after users. Tokens that were issued before end.
     *
     * @param password the new one, 8 to 256 characters, any but the most used; wiped before this returns, in any case
     * @throws DomainException.UserNotFound if there is none
     * @throws DomainException.InvalidInput if the password breaks the rules
     * @throws HashingBusyException if too many passwords are being hashed
     */
    public void changePassword(UUID id, char[] password, Caller caller) {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(password, "password");
        Objects.requireNonNull(caller, "caller");
        try {
            requireGood(password, get(id).username());
            AuditEntry audit = audit(CHANGE_PASSWORD, id, List.of("password"), now(), caller);
            if (!store.updatePasswordHash(id, passwords.hash(password), audit)) {
                throw new DomainException.UserNotFound();
            }
            auditStream.happened(audit);
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    /**
     * Replaces a user's password, on its own behalf. Guessing the current one is slowed down as it is at sign-in.
     *
     * @param current the one that the user has; wiped before this returns, in any case
     * @param password the new one, as above
     * @throws DomainException.InvalidInput if the new password breaks the rules
     * @throws InvalidCredentialsException if the current password is not an active user's
     * @throws AttemptDelayedException if too many attempts have failed
     * @throws HashingBusyException if too many passwords are being hashed
     */
    public void changeOwnPassword(UUID id, char[] current, char[] password, Caller caller) {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(current, "current");
        Objects.requireNonNull(password, "password");
        Objects.requireNonNull(caller, "caller");
        try {
            Optional<User> found = store.find(id);
            requireGood(password, found.map(User::username).orElse(""));
            User user = check.verify(
                    found.map(User::username).orElse(""), current, CHANGE_PASSWORD + "_failed", caller);
            AuditEntry audit = audit(CHANGE_PASSWORD, id, List.of("password"), now(), caller);
            if (!store.replacePasswordHash(id, user.passwordHash(), passwords.hash(password), audit)) {
                throw new InvalidCredentialsException();
            }
            auditStream.happened(audit);
        } finally {
            Arrays.fill(current, '\0');
            Arrays.fill(password, '\0');
        }
    }

    private static void requireGood(char[] password, String username) {
        var violations = new Violations();
        PasswordRules.check(password, username, "/password", violations);
        violations.throwIfAny();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static AuditEntry audit(String action, UUID id, List<String> fields, Instant at, Caller caller) {
        return audit(action, id.toString(), fields, at, caller);
    }

    private static AuditEntry audit(
            String action, String subject, List<String> fields, Instant at, Caller caller) {
        return new AuditEntry(at, action, subject, 0, fields, caller);
    }
}
