package customerservice.testbed.dev;

import java.util.random.RandomGenerator;

/** A password that can be read out and typed: four groups of four, 77 bits, without characters that look alike. */
final class RandomPassword {

    private static final String CHARACTERS = "abcdefghjkmnpqrstuvwxyz23456";
    private static final int GROUPS = 4;
    private static final int GROUP = 4;

    private RandomPassword() {}

    /** @param random of cryptographic strength */
    static String next(RandomGenerator random) {
        var password = new StringBuilder();
        for (int i = 0; i < GROUPS * GROUP; i++) {
            if (i > 0 && i % GROUP == 0) {
                password.append('-');
            }
            password.append(CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
        }
        return password.toString();
    }
}
