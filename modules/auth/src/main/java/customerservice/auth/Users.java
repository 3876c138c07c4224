package customerservice.auth;

import customerservice.domain.AuditStream;
import customerservice.domain.Caller;
import customerservice.domain.DomainException;
import customerservice.domain.identity.Role;
import customerservice.domain.identity.User;
import customerservice.domain.identity.UserStore;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;

/** What can be done with users. */
public final class Users {

    public Users(
            UserStore store, Passwords passwords, AuditStream auditStream, Clock clock, RandomGenerator random) {
        Objects.requireNonNull(store, "store");
        Objects.requireNonNull(passwords, "passwords");
        Objects.requireNonNull(auditStream, "auditStream");
        Objects.requireNonNull(clock, "clock");
        Objects.requireNonNull(random, "random");
    }

    /**
     * @param password wiped before this returns, in any case
     * @throws DomainException.InvalidInput if the name or the password breaks the rules
     * @throws DomainException.DuplicateUsername if another user has this name
     * @throws HashingBusyException if too many passwords are being hashed
     */
    public User add(String username, Role role, char[] password, Caller caller) {
        throw new UnsupportedOperationException();
    }

    /**
     * @param password the new one; wiped before this returns, in any case
     * @return false if there is no such user
     * @throws DomainException.InvalidInput if the password breaks the rules
     * @throws HashingBusyException if too many passwords are being hashed
     */
    public boolean changePassword(String username, char[] password, Caller caller) {
        throw new UnsupportedOperationException();
    }

    /** By name; at most 1,000. */
    public List<User> list() {
        throw new UnsupportedOperationException();
    }
}
