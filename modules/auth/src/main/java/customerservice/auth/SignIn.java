package customerservice.auth;

import customerservice.domain.AuditEntry;
import customerservice.domain.AuditStream;
import customerservice.domain.Caller;
import customerservice.domain.DomainException;
import customerservice.domain.identity.User;
import customerservice.domain.identity.UserStore;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Signs people in by name and password. An unknown name, a wrong password and an inactive user are told apart by
 * nobody: each costs one hash and ends in the same exception.
 */
public final class SignIn {

    private final UserStore users;
    private final Passwords passwords;
    private final AccessTokens tokens;
    private final AuditStream auditStream;
    private final Clock clock;

    public SignIn(UserStore users, Passwords passwords, AccessTokens tokens, AuditStream auditStream, Clock clock) {
        this.users = Objects.requireNonNull(users, "users");
        this.passwords = Objects.requireNonNull(passwords, "passwords");
        this.tokens = Objects.requireNonNull(tokens, "tokens");
        this.auditStream = Objects.requireNonNull(auditStream, "auditStream");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /**
     * Takes as long as one password hash, some 50 ms, and longer while others sign in.
     *
     * @param password wiped before this returns, in any case
     * @param caller who this is before it is known, such as {@code anonymous}; the audit stream names the user as the
     *     caller once it is
     * @throws InvalidCredentialsException if this is not an active user's name and password
     * @throws HashingBusyException if too many others are signing in
     * @throws DomainException.StoreBusy if the store has too much to do
     * @throws DomainException.StoreUnavailable if the store cannot be reached
     */
    public IssuedToken signIn(String username, char[] password, Caller caller) {
        Objects.requireNonNull(username, "username");
        Objects.requireNonNull(password, "password");
        Objects.requireNonNull(caller, "caller");
        try {
            // A name that no user can have is not asked for: the store need not cope with what a stranger sends.
            Optional<User> found = Usernames.isValid(username) ? users.findByUsername(username) : Optional.empty();
            boolean matches = passwords.matches(
                    password, found.map(User::passwordHash).orElseGet(passwords::hashOfNothing));
            if (found.isEmpty() || !matches || !found.get().active()) {
                happened("auth.sign_in_failed", found.map(user -> user.id().toString()).orElse("unknown"), caller);
                throw new InvalidCredentialsException();
            }
            User user = found.get();
            IssuedToken token = tokens.issue(user);
            String id = user.id().toString();
            happened("auth.sign_in", id, new Caller(id, caller.requestId(), caller.sourceAddress()));
            return token;
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    private void happened(String action, String subject, Caller caller) {
        auditStream.happened(new AuditEntry(
                clock.instant().truncatedTo(ChronoUnit.MILLIS), action, subject, 0, List.of(), caller));
    }
}
