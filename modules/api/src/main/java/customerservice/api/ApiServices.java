package customerservice.api;

import customerservice.auth.account.ServiceAccounts;
import customerservice.auth.account.SignIn;
import customerservice.auth.account.Users;
import customerservice.auth.key.ActiveSigningKeys;
import customerservice.auth.oauth.AuthorizationServer;
import customerservice.auth.token.Authenticator;
import customerservice.domain.audit.AuditReader;
import customerservice.domain.customer.Customers;
import java.util.Objects;

/** What the API makes available over HTTP. */
public record ApiServices(
        Customers customers,
        Users users,
        ServiceAccounts serviceAccounts,
        AuditReader audit,
        SignIn signIn,
        AuthorizationServer authorizationServer,
        Authenticator authenticator,
        ActiveSigningKeys keys) {

    public ApiServices {
        Objects.requireNonNull(customers, "customers");
        Objects.requireNonNull(users, "users");
        Objects.requireNonNull(serviceAccounts, "serviceAccounts");
        Objects.requireNonNull(audit, "audit");
        Objects.requireNonNull(signIn, "signIn");
        Objects.requireNonNull(authorizationServer, "authorizationServer");
        Objects.requireNonNull(authenticator, "authenticator");
        Objects.requireNonNull(keys, "keys");
    }
}
