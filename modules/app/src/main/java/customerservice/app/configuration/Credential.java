package customerservice.app.configuration;

import java.util.EnumSet;
import java.util.Set;

/** A secret; each is a file of this name in the credentials directory and comes from nowhere else. */
public enum Credential {
    DB_PASSWORD("db-password", "the database user's password; a newline at its end is not part of it"),
    DB_MIGRATION_PASSWORD("db-migration-password",
            "the password of `database.migration_user`, for `migrate` only; likewise"),
    JWT_KEYS("jwt-keys.json", "the keys that access tokens are signed with, as `keys generate` writes them"),
    TLS_CERTIFICATE("tls.crt", "the certificate of the public listener and its chain, in PEM; with `server.tls` only"),
    TLS_KEY("tls.key", "that certificate's private key, PKCS #8 in PEM; with `server.tls` only");

    private final String fileName;
    private final String meaning;

    Credential(String fileName, String meaning) {
        this.fileName = fileName;
        this.meaning = meaning;
    }

    /** All that an instance needs to serve. */
    public static Set<Credential> toServe() {
        return EnumSet.complementOf(EnumSet.of(DB_MIGRATION_PASSWORD));
    }

    public String fileName() {
        return fileName;
    }

    String meaning() {
        return meaning;
    }

    /** Whether a change is taken up while the service runs. */
    boolean isLive() {
        return !isPassword();
    }

    boolean isPassword() {
        return this == DB_PASSWORD || this == DB_MIGRATION_PASSWORD;
    }
}
