package customerservice.auth.password;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * The most used passwords of 8 characters and more, in lower case, from the list that this module carries. The list is
 * read through for each question and never kept: a new password is rare, and its hash takes far longer.
 */
final class CommonPasswords {

    private static final String LIST = "common-passwords.txt";

    private CommonPasswords() {}

    /** Without regard to case. */
    static boolean contain(char[] password) {
        try (InputStream list = new BufferedInputStream(open())) {
            // How many characters of the line so far are the password's; less than 0 once one is not.
            int same = 0;
            for (int c = list.read(); c >= 0; c = list.read()) {
                if (c == '\n') {
                    if (same == password.length) {
                        return true;
                    }
                    same = 0;
                } else if (same >= 0) {
                    same = same < password.length && Character.toLowerCase(password[same]) == c ? same + 1 : -1;
                }
            }
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream open() {
        InputStream list = CommonPasswords.class.getResourceAsStream(LIST);
        if (list == null) {
            throw new IllegalStateException(LIST + " is missing");
        }
        return list;
    }
}
