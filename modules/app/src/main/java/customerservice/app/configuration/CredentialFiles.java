package customerservice.app.configuration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The directory of credentials. */
final class CredentialFiles {

    private static final int LONGEST = 1 << 20;

    private CredentialFiles() {}

    /** What the file holds; null if it cannot be had, which is then among the problems. */
    static String read(Credential credential, Optional<Path> directory, Settings settings) {
        if (directory.isEmpty()) {
            settings.problem(credential.fileName() + ": no credentials directory; systemd's LoadCredential= gives one,"
                    + " elsewhere name it by --credentials or " + Sources.CREDENTIALS_VARIABLE);
            return null;
        }
        Path file = directory.get().resolve(credential.fileName());
        if (!Files.isRegularFile(file)) {
            settings.problem(file + ": missing: " + credential.meaning());
            return null;
        }
        try {
            if (Files.size(file) > LONGEST) {
                settings.problem(file + ": longer than a credential can be");
                return null;
            }
            String content = Files.readString(file);
            if (content.isBlank()) {
                settings.problem(file + ": empty");
                return null;
            }
            return content;
        } catch (IOException e) {
            // The message of a MalformedInputException says nothing of the content; that of the others is the path.
            settings.problem(file + ": cannot be read by this user, or is not UTF-8");
            return null;
        }
    }

    static String withoutNewline(String content) {
        int end = content.length();
        if (end > 0 && content.charAt(end - 1) == '\n') {
            end--;
            if (end > 0 && content.charAt(end - 1) == '\r') {
                end--;
            }
        }
        return content.substring(0, end);
    }
}
