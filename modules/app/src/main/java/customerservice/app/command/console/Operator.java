package customerservice.app.command.console;

import customerservice.domain.Caller;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Whoever has called a command, for the audit trail: {@code system:} and the name that he has logged in with, which stays
 * the same through su(1) and sudo(8). It is what the host says: whoever is root there can change it.
 */
public final class Operator {

    private static final Path PROC = Path.of("/proc/self");
    private static final Path PASSWD = Path.of("/etc/passwd");

    /** Of what no login has begun, such as a container (pam_loginuid(8)). */
    private static final String NO_LOGIN = "4294967295";

    private final Path proc;
    private final Path passwd;
    private final Map<String, String> environment;

    public Operator(Map<String, String> environment) {
        this(PROC, PASSWD, environment);
    }

    /**
     * @param proc with the files {@code loginuid} and {@code status} (proc_pid_loginuid(5), proc_pid_status(5))
     * @param passwd with users of the host (passwd(5))
     */
    Operator(Path proc, Path passwd, Map<String, String> environment) {
        this.proc = proc;
        this.passwd = passwd;
        this.environment = environment;
    }

    public Caller caller() {
        return new Caller("system:" + name(), "command-" + UUID.randomUUID(), "local");
    }

    /** A name, or {@code uid-} and the number of one that has no name here, as those of a directory service. */
    private String name() {
        Optional<String> id = login();
        Optional<String> sudo = Optional.ofNullable(environment.get("SUDO_UID")).filter(Operator::isNumber);
        return id.or(() -> sudo)
                .or(this::effective)
                .map(this::name)
                .orElse("unknown");
    }

    private Optional<String> login() {
        return read(proc.resolve("loginuid")).map(String::strip).filter(uid -> !uid.equals(NO_LOGIN) && isNumber(uid));
    }

    private Optional<String> effective() {
        return read(proc.resolve("status")).stream()
                .flatMap(String::lines)
                .filter(line -> line.startsWith("Uid:"))
                .map(line -> line.split("\\s+", -1)[2])
                .findFirst();
    }

    private String name(String uid) {
        return read(passwd).stream()
                .flatMap(String::lines)
                .map(line -> line.split(":", -1))
                .filter(entry -> entry.length > 2 && entry[2].equals(uid))
                .map(entry -> entry[0])
                .findFirst()
                .orElse("uid-" + uid);
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.length() <= 10 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static Optional<String> read(Path file) {
        try {
            return Optional.of(Files.readString(file, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
