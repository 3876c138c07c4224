package customerservice.auth.account;

import customerservice.auth.HashingBusyException;
import customerservice.auth.InvalidCredentialsException;
import customerservice.auth.AttemptDelayedException;
import customerservice.auth.oauth.RefreshTokens;
import customerservice.auth.token.IssuedToken;
import customerservice.domain.Caller;
import customerservice.domain.DomainException;
import customerservice.domain.identity.User;
import java.util.Objects;

/** Signs people in by name and password. */
public final class SignIn {

    private final PasswordCheck check;
    private final RefreshTokens tokens;

    public SignIn(PasswordCheck check, RefreshTokens tokens) {
        this.check = Objects.requireNonNull(check, "check");
        this.tokens = Objects.requireNonNull(tokens, "tokens");
    }

    /**
     * Takes as long as one password hash, some 50 ms, and longer while others sign in.
     *
     * @param password wiped before this returns, in any case
     * @param caller who this is before it is known, such as {@code anonymous}; the audit trail names the user as the
     *     caller once it is
     * @throws InvalidCredentialsException if this is not an active user's name and password
     * @throws AttemptDelayedException if too many attempts have failed, whether or not this one is right
     * @throws HashingBusyException if too many others are signing in
     * @throws DomainException.StoreBusy if the store has too much to do
     * @throws DomainException.StoreUnavailable if the store cannot be reached
     */
    public IssuedToken signIn(String username, char[] password, Caller caller) {
        Objects.requireNonNull(username, "username");
        Objects.requireNonNull(password, "password");
        Objects.requireNonNull(caller, "caller");
        User user = check.verify(username, password, "auth.sign_in_failed", caller);
        return tokens.begin(user, new Caller(user.id().toString(), caller.requestId(), caller.sourceAddress()));
    }
}
