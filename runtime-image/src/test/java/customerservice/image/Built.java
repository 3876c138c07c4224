package customerservice.image;

import java.nio.file.Path;

/** What this build made. */
final class Built {

    private Built() {}

    static LinkedImage image() {
        return new LinkedImage(Path.of(System.getProperty("image")));
    }

    static Path release(String suffix) {
        return Path.of(System.getProperty("release") + suffix);
    }
}
