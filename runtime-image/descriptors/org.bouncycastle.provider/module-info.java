/** What Argon2 reaches of Bouncy Castle; the rest is not linked. */
module org.bouncycastle.provider {
    requires java.logging;

    exports org.bouncycastle.crypto.generators;
    exports org.bouncycastle.crypto.params;
}
