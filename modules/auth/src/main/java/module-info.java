/** Who is calling: passwords, tokens, signing keys, scopes. */
@SuppressWarnings("module") // exports to modules that are compiled later
module customerservice.auth {
    exports customerservice.auth to
            customerservice.api, customerservice.app, customerservice.testbed;
    exports customerservice.auth.account to
            customerservice.api, customerservice.app, customerservice.testbed;
    exports customerservice.auth.key to
            customerservice.api, customerservice.app, customerservice.testbed;
    exports customerservice.auth.oauth to
            customerservice.api, customerservice.app, customerservice.testbed;
    exports customerservice.auth.password to
            customerservice.api, customerservice.app, customerservice.testbed;
    exports customerservice.auth.token to
            customerservice.api, customerservice.app, customerservice.testbed;

    requires transitive com.github.benmanes.caffeine; // whose cache of verified tokens is observed
    requires transitive customerservice.domain;
    requires io.helidon.security.jwt; // signatures, and the form of the tokens that are issued
    requires org.bouncycastle.provider; // Argon2
    requires tools.jackson.core; // reads tokens and key files strictly
}
