package customerservice.app.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Writes the page anew when run with {@code -Dcustomerservice.page=write}. */
class ConfigurationPageTest {

    private static final Path PAGE = Path.of("../../docs/configuration.md");

    private static final String INTRODUCTION = """
            # Configuration

            Defaults < `/etc/customer-service/customer-service.yaml` < environment. Another file is named by `--config` or
            `CUSTOMER_SERVICE_CONFIG`; it then has to exist. `customer-service check` says whether all is well.

            ```yaml
            database:
              url: jdbc:postgresql://db1,db2/customer_service?targetServerType=primary
              pool_size: 20
            log:
              levels:
                io.helidon: debug
            ```

            An unknown key or variable, a wrong type, a value out of range or a required one that is missing stops the start, with
            every such place named by file and line. The configuration in force is logged once at start, secrets masked.

            `CUSTOMER_SERVICE_JVM_OPTIONS` is for the JVM: options split at blanks, which win over those of the launcher.

            | key | variable | value | default | meaning |
            | --- | --- | --- | --- | --- |
            """;

    private static final String CREDENTIALS = """

            ## Secrets

            Secrets are in neither. They are files in the directory that systemd's `LoadCredential=` makes and names in
            `$CREDENTIALS_DIRECTORY`; for development, `--credentials` or `CUSTOMER_SERVICE_CREDENTIALS_DIRECTORY` names another.

            Signing keys and the certificate are taken up within two seconds when their files change, without a restart. systemd
            copies credentials when a unit starts and never again (before `RefreshOnReload=` of systemd 260), so under systemd
            they are in a directory of their own, `keys.directory`, that belongs to root and that the service's group can read.
            Replace a file as a whole, by renaming a new one; of a pair that does not match, or a file that is no good, nothing
            is taken up, and `/health/deep` says so. `db-password` is read at the start only.

            | file | holds |
            | --- | --- |
            """;

    @Test
    void thePageIsTheTableOfKeys() throws IOException {
        String page = page();
        if ("write".equals(System.getProperty("customerservice.page"))) {
            Files.writeString(PAGE, page);
        }
        assertEquals(page, Files.readString(PAGE));
    }

    private static String page() {
        var page = new StringBuilder(INTRODUCTION);
        for (Key<?> key : Keys.all()) {
            page.append("| `").append(key.name());
            page.append("` | `").append(key.variable());
            page.append("` | ").append(key.description());
            page.append(" | ").append(key.defaultText().map(ConfigurationPageTest::code).orElse("required"));
            page.append(" | ").append(key.meaning()).append(" |\n");
        }
        page.append(CREDENTIALS);
        for (Credential credential : Credential.values()) {
            page.append("| `").append(credential.fileName());
            page.append("` | ").append(credential.meaning()).append(" |\n");
        }
        return page.toString();
    }

    private static String code(String text) {
        return text.isEmpty() ? "none" : "`" + text + "`";
    }
}
