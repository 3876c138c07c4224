package customerservice.auth.account;

import java.util.List;

/**
 * A new service account as a caller gave it, before the rules have been applied. {@code null} means that the caller gave
 * nothing, as in {@link customerservice.domain.CustomerDraft}.
 *
 * @param scopes their labels, among which {@code null} may be
 */
public record ServiceAccountDraft(String name, List<String> scopes) {}
