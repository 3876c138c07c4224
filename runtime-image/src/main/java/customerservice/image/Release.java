package customerservice.image;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Packs the image: {@code NAME.tar.gz} with one folder {@code NAME}, and beside it its SHA-256 as sha256sum(1) checks it.
 * The same files make the same bytes, whoever packs them, when and where.
 */
final class Release {

    private static final String SUFFIX = ".tar.gz";

    private Release() {}

    /** Arguments: the image, the tarball to write, the time that all files get (ISO 8601). */
    public static void main(String[] arguments) throws IOException {
        Path image = Path.of(arguments[0]);
        Path tarball = Path.of(arguments[1]);
        pack(image, tarball, arguments[2]);
        Path name = tarball.getFileName();
        Files.writeString(tarball.resolveSibling(name + ".sha256"), sha256(tarball) + "  " + name + "\n");
        System.out.println(name + ": " + Files.size(tarball) / 1024 + " KiB");
    }

    private static void pack(Path image, Path tarball, String time) throws IOException {
        String folder = tarball.getFileName().toString().replace(SUFFIX, "");
        run(List.of(
                "tar",
                "--create",
                "--file=" + tarball,
                "--format=gnu",
                "--sort=name",
                "--owner=0",
                "--group=0",
                "--numeric-owner",
                "--mode=u=rwX,go=rX",
                "--mtime=" + time,
                // of files, not what links point to
                "--transform=flags=rSH;s,^[.],%s,".formatted(folder),
                "--use-compress-program=gzip --no-name -6",
                "--directory=" + image,
                "."));
    }

    private static void run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).inheritIO().start();
        try {
            int status = process.waitFor();
            if (status != 0) {
                throw new IllegalStateException(command + " ends with " + status);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static String sha256(Path file) throws IOException {
        try (InputStream bytes = Files.newInputStream(file);
                var digested = new DigestInputStream(bytes, MessageDigest.getInstance("SHA-256"))) {
            digested.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digested.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has it", e);
        }
    }
}
