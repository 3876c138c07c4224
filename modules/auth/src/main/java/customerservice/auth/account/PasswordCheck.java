package customerservice.auth.account;

import customerservice.auth.HashingBusyException;
import customerservice.auth.InvalidCredentialsException;
import customerservice.auth.AttemptDelayedException;
import customerservice.domain.identity.SourceNetwork;
import customerservice.auth.password.Passwords;
import customerservice.domain.Caller;
import customerservice.domain.DomainException;
import customerservice.domain.audit.AuditEntry;
import customerservice.domain.audit.AuditListener;
import customerservice.domain.identity.SignInHistory;
import customerservice.domain.identity.User;
import customerservice.domain.identity.UserStore;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * Whether a name and a password belong together, asked by somebody who may be guessing. An unknown name, a wrong
 * password and an inactive user are told apart by nobody: each costs one hash and ends in the same exception.
 *
 * <p>Whoever fails again and again has to wait, see {@link SignInDelay}; an attempt that comes too early is refused
 * before its password is looked at. That is decided when its turn has come, so that nothing is gained by sending many at
 * once; and those that wait for their turn count for nothing, so that none is refused because of another one.
 *
 * <p>A hash with weaker parameters than those of today is replaced when its password is there.
 */
public final class PasswordCheck {

    /** Counts for all names that nobody can have. */
    private static final String NO_NAME = "-";

    private final SignInHistory history;
    private final UserStore users;
    private final Passwords passwords;
    private final AuditListener auditStream;
    private final Clock clock;

    public PasswordCheck(
            SignInHistory history, UserStore users, Passwords passwords, AuditListener auditStream, Clock clock) {
        this.history = Objects.requireNonNull(history, "history");
        this.users = Objects.requireNonNull(users, "users");
        this.passwords = Objects.requireNonNull(passwords, "passwords");
        this.auditStream = Objects.requireNonNull(auditStream, "auditStream");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /**
     * Whose name and password this is. Takes as long as one password hash, some 50 ms, and longer while others ask.
     *
     * @param password wiped before this returns, in any case
     * @param failure the action under which a failure is in the audit trail
     * @throws InvalidCredentialsException if this is not an active user's name and password
     * @throws AttemptDelayedException if too many attempts have failed, whether or not this one is right
     * @throws HashingBusyException if too many others are asking
     * @throws DomainException.StoreBusy if the store has too much to do
     * @throws DomainException.StoreUnavailable if the store cannot be reached
     */
    User verify(String username, char[] password, String failure, Caller caller) {
        // A name that no user can have is not asked for: the store need not cope with what a stranger sends.
        String name = Usernames.isValid(username) ? username : NO_NAME;
        String network = SourceNetwork.of(caller.sourceAddress());
        var attempt = new Attempt(name, password, network, failure, caller);
        try {
            Optional<User> user = passwords.inTurn(network, attempt);
            return user.orElseThrow(() -> {
                auditStream.happened(attempt.failed);
                return new InvalidCredentialsException();
            });
        } catch (HashingBusyException e) {
            attempt.abandoned = true;
            throw e;
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    /** From the look at the history to the mark left in it. Runs on a thread of the hashing queue. */
    private final class Attempt implements Callable<Optional<User>> {

        private final String name;
        private final char[] password;
        private final String network;
        private final String failure;
        private final Caller caller;
        private AuditEntry failed;

        /** Whoever waited has gone; the password is wiped, and so wrong in any case. */
        private volatile boolean abandoned;

        Attempt(String name, char[] password, String network, String failure, Caller caller) {
            this.name = name;
            this.password = password;
            this.network = network;
            this.failure = failure;
            this.caller = caller;
        }

        @Override
        public Optional<User> call() {
            SignInHistory.Standing standing = history.standing(name, network);
            Duration left = SignInDelay.left(standing, name, network, clock.instant());
            if (left.isPositive()) {
                throw new AttemptDelayedException(left);
            }
            // A copy, which is not wiped in the middle: what matched is what is hashed anew.
            char[] own = password.clone();
            try {
                return check(own, standing);
            } finally {
                Arrays.fill(own, '\0');
            }
        }

        private Optional<User> check(char[] own, SignInHistory.Standing standing) {
            Optional<User> found = standing.user();
            boolean matches = passwords.matchesInTurn(
                    own, found.map(User::passwordHash).orElseGet(passwords::hashOfNothing));
            if (abandoned) {
                return Optional.empty();
            }
            if (found.isEmpty() || !matches || !found.get().active()) {
                failed = entry(failure, found.map(user -> user.id().toString()).orElse("unknown"), List.of(), caller);
                history.failed(name, network, standing.knownNetwork(), failed);
                return Optional.empty();
            }
            User user = found.get();
            history.succeeded(user.id(), name, network);
            return Optional.of(Passwords.isOutdated(user.passwordHash()) ? renewed(user, own) : user);
        }

        private User renewed(User user, char[] own) {
            String id = user.id().toString();
            AuditEntry audit = entry(
                    "user.rehash_password", id, List.of("password"),
                    new Caller(id, caller.requestId(), caller.sourceAddress()));
            String hash = passwords.hashInTurn(own);
            if (!users.renewPasswordHash(user.id(), user.passwordHash(), hash, audit)) {
                // Changed meanwhile, such as renewed by another sign-in; or else whoever goes on with it is told so.
                return users.find(user.id())
                        .filter(User::active)
                        .filter(now -> passwords.matchesInTurn(own, now.passwordHash()))
                        .orElse(user);
            }
            auditStream.happened(audit);
            return user.withPasswordHash(hash);
        }

        private AuditEntry entry(String action, String subject, List<String> fields, Caller by) {
            return new AuditEntry(clock.instant().truncatedTo(ChronoUnit.MILLIS), action, subject, 0, fields, by);
        }
    }
}
