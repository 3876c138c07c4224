package customerservice.app.command.check;

import customerservice.app.configuration.Configuration;
import customerservice.app.configuration.Keys;
import customerservice.app.service.ModuleSettings;
import java.net.URI;
import java.net.URISyntaxException;

/** Whether clients that know the issuer find the endpoints by it (RFC 8414, section 3), and believe what they find. */
final class IssuerCheck {

    private static final String NAME = "issuer";

    private IssuerCheck() {}

    static void run(Configuration configuration, Findings findings) {
        String issuer = ModuleSettings.issuer(configuration);
        String publicUrl = configuration.get(Keys.SERVER_PUBLIC_URL);
        if (!isIdentifier(issuer)) {
            findings.questionable(NAME,
                    issuer + " is no https URL, and clients refuse it that find the endpoints by the"
                            + " issuer (RFC 8414); set " + Keys.SERVER_PUBLIC_URL);
        } else if (!publicUrl.isEmpty() && !issuer.equals(publicUrl) && !issuer.startsWith(publicUrl + "/")) {
            findings.questionable(NAME, issuer + " is elsewhere than " + publicUrl + ": clients look for the endpoints"
                    + " there, not here");
        } else {
            findings.good(NAME, issuer);
        }
    }

    /** RFC 8414, section 2. */
    private static boolean isIdentifier(String issuer) {
        try {
            var url = new URI(issuer).parseServerAuthority();
            return issuer.startsWith("https://")
                    && url.getHost() != null
                    && url.getUserInfo() == null
                    && url.getRawQuery() == null
                    && url.getRawFragment() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
