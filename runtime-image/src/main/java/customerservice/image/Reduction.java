package customerservice.image;

import java.io.IOException;
import java.nio.file.Path;

/** First step of the build: what is linked of two things that are much larger than what is needed of them. */
final class Reduction {

    private Reduction() {}

    /** Arguments: Bouncy Castle's jar, the smaller jar to write, the list for jlink to write, the image's folder. */
    public static void main(String[] arguments) throws IOException {
        new Reachable(Path.of(arguments[0]))
                .from("org/bouncycastle/crypto/generators/Argon2BytesGenerator")
                .from("org/bouncycastle/crypto/params/Argon2Parameters")
                .writeTo(Path.of(arguments[1]));
        // jlink does not write into a folder that exists.
        Folder.delete(Path.of(arguments[3]));
        new Desktop().writeUnlinked(Path.of(arguments[2]));
    }
}
