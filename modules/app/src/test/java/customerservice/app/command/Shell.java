package customerservice.app.command;

import customerservice.app.command.console.Console;
import customerservice.app.logging.Logs;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A shell that calls commands within this JVM, as an operator does. */
public final class Shell {

    /** What came of it. */
    public record Result(int exitCode, String out, String err) {}

    private final Map<String, String> environment;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private String input = "";
    private final List<String> asked = new ArrayList<>();
    private Optional<Console.Terminal> terminal = Optional.empty();
    private boolean full;
    private boolean folder;

    public Shell(Map<String, String> environment) {
        this.environment = environment;
        // So that no command takes this JVM's standard output for its own log.
        Logs.ofCommand();
    }

    /** On standard input. */
    public Shell input(String text) {
        input = text;
        return this;
    }

    /** A folder on standard input. */
    public Shell inputFolder() {
        folder = true;
        return this;
    }

    /** Standard output is a file from now on, and its disk is full. */
    public Shell fullDisk() {
        full = true;
        return this;
    }

    /** Somebody who types these, one after the other. */
    public Shell person(String... answers) {
        var rest = Arrays.asList(answers).iterator();
        asked.clear();
        terminal = Optional.of(new Console.Terminal() {
            @Override
            public Optional<char[]> readPassword(String prompt) {
                return readLine(prompt).map(String::toCharArray);
            }

            @Override
            public Optional<String> readLine(String prompt) {
                asked.add(prompt);
                return rest.hasNext() ? Optional.of(rest.next()) : Optional.empty();
            }
        });
        return this;
    }

    /** What that somebody was asked. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    public Result run(String... arguments) {
        return run(List.of(arguments));
    }

    public Result run(List<String> arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        int exitCode = Commands.run(arguments.toArray(String[]::new), console());
        return new Result(exitCode, out.toString(), err.toString());
    }

    /** What a command gets to see of it. */
    Console console() {
        return new Console(
                environment,
                folder ? new Folder() : new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                full ? new PrintWriter(new FullDisk(), false, StandardCharsets.UTF_8) : new PrintWriter(out),
                new PrintWriter(err),
                terminal);
    }

    private static final class Folder extends InputStream {
        @Override
        public int read() throws IOException {
            throw new IOException("Is a directory");
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            return read();
        }
    }

    private static final class FullDisk extends OutputStream {
        @Override
        public void write(int b) throws IOException {
            throw new IOException("No space left on device");
        }
    }
}
