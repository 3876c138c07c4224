package customerservice.app.configuration;

/** What somebody wrote, fit for a message on one line: cut short, without control characters. */
final class Quoted {

    private static final int LONGEST = 60;

    private Quoted() {}

    static String of(String text) {
        var quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length() && i < LONGEST; i++) {
            char c = text.charAt(i);
            quoted.append(Character.isISOControl(c) ? '?' : c);
        }
        if (text.length() > LONGEST) {
            quoted.append('…');
        }
        return quoted.append('"').toString();
    }
}
