package customerservice.app.command.check;

import customerservice.app.configuration.Configuration;
import customerservice.app.configuration.ConfigurationException;
import customerservice.app.configuration.Credential;
import customerservice.app.configuration.Keys;
import customerservice.app.service.ModuleSettings;
import customerservice.auth.key.SigningKeys;
import customerservice.auth.key.SigningKeysException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Whether the secrets can be used, and are kept from others. */
final class CredentialChecks {

    private CredentialChecks() {}

    static void run(Configuration configuration, Findings findings) {
        configuration.credentialFiles().forEach((credential, file) -> privacy(file, credential.fileName(), findings));
        try {
            SigningKeys.load(configuration.credentialFile(Credential.JWT_KEYS));
            findings.good("signing keys", "usable");
        } catch (SigningKeysException e) {
            findings.misconfigured("signing keys", e.getMessage());
        }
        if (configuration.get(Keys.SERVER_TLS)) {
            try {
                ModuleSettings.tls(configuration);
                findings.good("certificate", "usable");
            } catch (ConfigurationException e) {
                findings.misconfigured("certificate", String.join("; ", e.problems()));
            }
        }
    }

    /** The group may read: systemd's own credentials show the group's bits where an access control list is meant. */
    private static void privacy(Path file, String name, Findings findings) {
        Set<PosixFilePermission> permissions;
        try {
            permissions = Files.getPosixFilePermissions(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (permissions.contains(PosixFilePermission.OTHERS_READ)) {
            findings.questionable(
                    name, "every user of this host can read it (" + PosixFilePermissions.toString(permissions) + ")");
        } else {
            findings.good(name, "private");
        }
    }
}
