package customerservice.auth;

import customerservice.domain.TimeOrderedUuid;
import customerservice.domain.identity.Scope;
import customerservice.domain.identity.User;
import io.helidon.security.jwt.Jwt;
import io.helidon.security.jwt.SignedJwt;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Issues access tokens: JWTs of the profile for OAuth 2.0 (RFC 9068), signed with the current key. */
public final class AccessTokens {

    /** RFC 9068, section 2.2, demands a client; people who sign in here directly are clients of the service itself. */
    static final String FIRST_PARTY = "customer-service";

    private final SigningKey key;
    private final TokenSettings settings;
    private final Clock clock;
    private final RandomGenerator random;

    /** @param random for the tokens' ids */
    public AccessTokens(SigningKeys keys, TokenSettings settings, Clock clock, RandomGenerator random) {
        this.key = Objects.requireNonNull(keys, "keys").current();
        this.settings = Objects.requireNonNull(settings, "settings");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.random = Objects.requireNonNull(random, "random");
    }

    /** A token with the scopes of the user's role. Whether the user may sign in is for {@link SignIn} to decide. */
    public IssuedToken issue(User user) {
        Objects.requireNonNull(user, "user");
        Set<Scope> scopes = user.role().scopes();
        Instant now = clock.instant();
        Jwt jwt = Jwt.builder()
                .type(TokenVerifier.TYPE)
                .algorithm(key.algorithm().name())
                .keyId(key.id())
                .issuer(settings.issuer())
                .audience(List.of(settings.audience()))
                .subject(user.id().toString())
                .scopes(labels(scopes))
                .issueTime(now)
                .expirationTime(now.plus(settings.lifetime()))
                .jwtId(TimeOrderedUuid.next(clock, random).toString())
                .addPayloadClaim("client_id", FIRST_PARTY)
                .build();
        return new IssuedToken(SignedJwt.sign(jwt, key.jwk()).tokenContent(), settings.lifetime(), scopes);
    }

    /** In the same order every time. */
    private static List<String> labels(Set<Scope> scopes) {
        var labels = new ArrayList<String>();
        for (Scope scope : Scope.values()) {
            if (scopes.contains(scope)) {
                labels.add(scope.label());
            }
        }
        return labels;
    }
}
