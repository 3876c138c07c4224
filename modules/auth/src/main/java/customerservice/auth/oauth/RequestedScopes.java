package customerservice.auth.oauth;

import customerservice.auth.InvalidScopeException;
import customerservice.domain.identity.Scope;
import java.util.EnumSet;
import java.util.Set;

/** What a client asks for with {@code scope} (RFC 6749, section 3.3): labels with one space between each two. */
final class RequestedScopes {

    private RequestedScopes() {}

    /**
     * @param requested empty for all that are granted
     * @throws InvalidScopeException if one is unknown or not among those granted, or it is not of that form
     */
    static Set<Scope> of(String requested, Set<Scope> granted) {
        if (requested.isEmpty()) {
            return granted;
        }
        var scopes = EnumSet.noneOf(Scope.class);
        int from = 0;
        while (from <= requested.length()) {
            int space = requested.indexOf(' ', from);
            int to = space < 0 ? requested.length() : space;
            scopes.add(Scope.ofLabel(requested.substring(from, to))
                    .filter(granted::contains)
                    .orElseThrow(InvalidScopeException::new));
            from = to + 1;
        }
        return scopes;
    }
}
