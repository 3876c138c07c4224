package customerservice.app.command.user;

import customerservice.app.command.console.CommandFailedException;
import customerservice.app.command.console.Console;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;
import picocli.CommandLine.Option;

/**
 * A new password: made up, asked for on the terminal without showing it, or the first line of standard input. Never an
 * argument, which everybody on the host could see.
 */
final class NewPassword {

    /** 32 characters, so that none is more likely than another; without those that look alike. */
    private static final String ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789";

    private static final int GENERATED_LENGTH = 24;
    private static final int LONGEST_LINE = 4_096;

    @Option(names = "--generate", description = "make a password up, and print it once")
    private boolean generate;

    private final RandomGenerator random = new SecureRandom();

    /**
     * Gets a password and has it used; wipes it in any case.
     *
     * @param use is given the password, which it may wipe, and what prints it if it was made up: to be called before it is
     *     in force, for it throws a {@link CommandFailedException} if it cannot
     */
    void with(Console console, BiConsumer<char[], Runnable> use) {
        char[] password = read(console);
        char[] given = password.clone();
        try {
            use.accept(given, () -> {
                if (generate) {
                    console.out().println("password: " + new String(password));
                    console.deliver();
                }
            });
        } finally {
            Arrays.fill(password, ' ');
            Arrays.fill(given, ' ');
        }
    }

    private char[] read(Console console) {
        if (generate) {
            return generated();
        }
        return console.terminal().isPresent() ? asked(console.terminal().get()) : firstLine(console.in());
    }

    private char[] generated() {
        var password = new char[GENERATED_LENGTH];
        for (int i = 0; i < password.length; i++) {
            password[i] = ALPHABET.charAt(random.nextInt(ALPHABET.length()));
        }
        return password;
    }

    private static char[] asked(Console.Terminal terminal) {
        char[] first = ask(terminal, "New password: ");
        char[] second = ask(terminal, "Once more: ");
        boolean same = Arrays.equals(first, second);
        Arrays.fill(second, ' ');
        if (!same) {
            Arrays.fill(first, ' ');
            throw new CommandFailedException("the two passwords are not the same");
        }
        return first;
    }

    private static char[] ask(Console.Terminal terminal, String prompt) {
        return terminal.readPassword(prompt).orElseThrow(() -> new CommandFailedException("no password was given"));
    }

    private static char[] firstLine(InputStream in) {
        var line = new ByteArrayOutputStream();
        try {
            int b;
            while ((b = in.read()) >= 0 && b != '\n' && line.size() < LONGEST_LINE) {
                line.write(b);
            }
            byte[] bytes = line.toByteArray();
            int length = bytes.length > 0 && bytes[bytes.length - 1] == '\r' ? bytes.length - 1 : bytes.length;
            if (length == 0) {
                throw new CommandFailedException("no password on standard input");
            }
            CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, length));
            var password = new char[text.remaining()];
            text.get(password);
            return password;
        } catch (CharacterCodingException e) {
            throw new CommandFailedException("the password on standard input is not UTF-8");
        } catch (IOException e) {
            throw new CommandFailedException("standard input cannot be read: " + e.getMessage());
        }
    }
}
