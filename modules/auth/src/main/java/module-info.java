/** Who is calling: passwords, tokens, signing keys, scopes. */
module customerservice.auth {
    requires transitive customerservice.domain;
}
