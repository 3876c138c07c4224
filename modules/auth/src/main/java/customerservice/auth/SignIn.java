package customerservice.auth;

import customerservice.domain.AuditStream;
import customerservice.domain.Caller;
import customerservice.domain.identity.UserStore;
import java.time.Clock;
import java.util.Objects;

/** Signs people in by name and password. */
public final class SignIn {

    public SignIn(UserStore users, Passwords passwords, AccessTokens tokens, AuditStream auditStream, Clock clock) {
        Objects.requireNonNull(users, "users");
        Objects.requireNonNull(passwords, "passwords");
        Objects.requireNonNull(tokens, "tokens");
        Objects.requireNonNull(auditStream, "auditStream");
        Objects.requireNonNull(clock, "clock");
    }

    /**
     * @param password wiped before this returns, in any case
     * @param caller subject {@code anonymous}
     * @throws InvalidCredentialsException if this is not an active user's name and password
     * @throws HashingBusyException if too many others are signing in
     */
    public IssuedToken signIn(String username, char[] password, Caller caller) {
        Objects.requireNonNull(username, "username");
        Objects.requireNonNull(password, "password");
        Objects.requireNonNull(caller, "caller");
        throw new UnsupportedOperationException();
    }
}
