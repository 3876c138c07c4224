package customerservice.auth.token;

import customerservice.auth.key.ActiveSigningKeys;
import customerservice.auth.key.SigningKey;
import customerservice.domain.TimeOrderedUuid;
import customerservice.domain.identity.Scope;
import customerservice.domain.identity.ServiceAccount;
import customerservice.domain.identity.User;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Issues access tokens: JWTs of the profile for OAuth 2.0 (RFC 9068), signed with the current key. */
public final class AccessTokens {

    /** RFC 9068, section 2.2, demands a client; people who sign in here directly are clients of the service itself. */
    public static final String FIRST_PARTY = "customer-service";

    /** A claim of our own (RFC 7519, section 4.3). */
    static final String EPOCH = "epoch";

    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();
    private static final JsonFactory JSON = new JsonFactory();

    private final ActiveSigningKeys keys;
    private final TokenSettings settings;
    private final Clock clock;
    private final RandomGenerator random;

    /** @param random for the tokens' ids */
    public AccessTokens(ActiveSigningKeys keys, TokenSettings settings, Clock clock, RandomGenerator random) {
        this.keys = Objects.requireNonNull(keys, "keys");
        this.settings = Objects.requireNonNull(settings, "settings");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.random = Objects.requireNonNull(random, "random");
    }

    /**
     * A token with the scopes of the user's role. Whether the user may sign in is for the sign-in to decide.
     *
     * @param epoch of the user: the token is good for as long as that has not changed
     */
    public IssuedToken issue(User user, long epoch) {
        Objects.requireNonNull(user, "user");
        return issue(user.id(), epoch, user.role().scopes());
    }

    /** A token of the user with this id, whose role allows these scopes, otherwise as the other. */
    public IssuedToken issue(UUID userId, long epoch, Set<Scope> scopes) {
        return issue(userId.toString(), FIRST_PARTY, epoch, scopes);
    }

    /** A token of the service account, with these scopes of its. */
    public IssuedToken issue(ServiceAccount account, Set<Scope> scopes) {
        String id = account.id().toString();
        return issue(id, id, 0, scopes);
    }

    private IssuedToken issue(String subject, String clientId, long epoch, Set<Scope> scopes) {
        SigningKey key = keys.inForce().current();
        String signed = key.tokenHeader() + "." + BASE64URL.encodeToString(claims(subject, clientId, epoch, scopes));
        byte[] signature = key.jwk().sign(signed.getBytes(StandardCharsets.US_ASCII));
        return new IssuedToken(
                signed + "." + BASE64URL.encodeToString(signature), settings.lifetime(), scopes, Optional.empty());
    }

    private byte[] claims(String subject, String clientId, long epoch, Set<Scope> scopes) {
        long now = clock.instant().getEpochSecond();
        var out = new ByteArrayOutputStream(512);
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            json.writeStringProperty("iss", settings.issuer());
            json.writeStringProperty("aud", settings.audience());
            json.writeStringProperty("sub", subject);
            json.writeStringProperty("client_id", clientId);
            json.writeStringProperty("scope", Scope.labels(scopes));
            json.writeNumberProperty("iat", now);
            json.writeNumberProperty("exp", now + settings.lifetime().toSeconds());
            json.writeNumberProperty(EPOCH, epoch);
            json.writeStringProperty("jti", TimeOrderedUuid.next(clock, random).toString());
            json.writeEndObject();
        }
        return out.toByteArray();
    }
}
