package customerservice.app.service;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * What this was built from.
 *
 * @param version from the git tag
 * @param commit in full; {@code unknown} if it was built outside a git checkout
 * @param commitTime RFC 3339; {@code unknown} likewise
 */
public record Build(String version, String commit, String commitTime) {

    /** Of the running program. */
    public static Build current() {
        try (InputStream in = Build.class.getResourceAsStream("/customerservice/app/build.properties")) {
            var properties = new Properties();
            properties.load(in);
            return new Build(
                    properties.getProperty("version"),
                    properties.getProperty("commit"),
                    properties.getProperty("commit-time"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
