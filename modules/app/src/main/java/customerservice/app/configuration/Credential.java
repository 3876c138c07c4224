package customerservice.app.configuration;

/** A secret; each is a file of this name in the credentials directory and comes from nowhere else. */
public enum Credential {
    DB_PASSWORD("db-password", "the database user's password; a newline at its end is not part of it"),
    JWT_KEYS("jwt-keys.json", "the keys that access tokens are signed with, as `keys generate` writes them"),
    TLS_CERTIFICATE("tls.crt", "the certificate of the public listener and its chain, in PEM; with `server.tls` only"),
    TLS_KEY("tls.key", "that certificate's private key, PKCS #8 in PEM; with `server.tls` only");

    private final String fileName;
    private final String meaning;

    Credential(String fileName, String meaning) {
        this.fileName = fileName;
        this.meaning = meaning;
    }

    public String fileName() {
        return fileName;
    }

    public String meaning() {
        return meaning;
    }

    /** Whether a change is taken up while the service runs. */
    boolean isLive() {
        return this != DB_PASSWORD;
    }

    boolean isOfTls() {
        return this == TLS_CERTIFICATE || this == TLS_KEY;
    }
}
