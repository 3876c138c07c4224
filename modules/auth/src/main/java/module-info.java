/** Who is calling: passwords, tokens, signing keys, scopes. */
module customerservice.auth {
    exports customerservice.auth;

    requires transitive com.github.benmanes.caffeine; // whose cache of verified tokens is observed
    requires transitive customerservice.domain;
    requires io.helidon.security.jwt; // signatures, and the form of the tokens that are issued
    requires org.bouncycastle.provider; // Argon2
    requires tools.jackson.core; // reads tokens and key files strictly
}
