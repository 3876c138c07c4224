package customerservice.auth.account;

import customerservice.domain.identity.ServiceAccount;
import java.util.Objects;

/**
 * A service account and its secret, which is to be shown this once: nobody can tell it later.
 *
 * @param secret 43 characters of base64url
 */
public record NewServiceAccount(ServiceAccount account, String secret) {

    public NewServiceAccount {
        Objects.requireNonNull(account, "account");
        Objects.requireNonNull(secret, "secret");
    }

    /** Leaves the secret out. */
    @Override
    public String toString() {
        return account.toString();
    }
}
