package customerservice.domain.identity;

import java.util.Set;

/**
 * What of a user or a service account decides whether its access tokens are still good.
 *
 * @param epoch raised whenever what was given out before is to count no more: with every change of a user's password, role
 *     or state, and when its sign-ins are ended; that of service accounts is 0
 * @param scopes what it may do now
 */
public record PrincipalState(long epoch, Set<Scope> scopes) {

    public PrincipalState {
        scopes = Set.copyOf(scopes);
    }
}
