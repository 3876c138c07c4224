package customerservice.api.identity;

import static customerservice.api.json.JsonOutput.ascii;

import customerservice.api.json.JsonInput;
import customerservice.api.json.JsonOutput;
import customerservice.auth.account.NewServiceAccount;
import customerservice.auth.account.ServiceAccountDraft;
import customerservice.domain.Violations;
import customerservice.domain.identity.Scope;
import customerservice.domain.identity.ServiceAccount;
import java.util.ArrayList;
import java.util.List;

/** A service account's wire form. */
final class ServiceAccountJson {

    private static final byte[] ID = ascii("{\"id\":");
    private static final byte[] CLIENT_ID = ascii(",\"client_id\":");
    private static final byte[] CLIENT_SECRET = ascii(",\"client_secret\":");
    private static final byte[] NAME = ascii(",\"name\":");
    private static final byte[] SCOPES = ascii(",\"scopes\":[");
    private static final byte[] CREATED_AT = ascii("],\"created_at\":");

    private ServiceAccountJson() {}

    static void write(ServiceAccount account, JsonOutput out) {
        members(account, out);
        out.raw('}');
    }

    /** With the secret. */
    static void write(NewServiceAccount added, JsonOutput out) {
        members(added.account(), out);
        out.raw(CLIENT_SECRET).string(added.secret());
        out.raw('}');
    }

    private static void members(ServiceAccount account, JsonOutput out) {
        out.raw(ID).uuid(account.id());
        out.raw(CLIENT_ID).uuid(account.id());
        out.raw(NAME).string(account.name());
        out.raw(SCOPES);
        boolean first = true;
        for (Scope scope : Scope.values()) {
            if (account.scopes().contains(scope)) {
                if (!first) {
                    out.raw(',');
                }
                first = false;
                out.string(scope.label());
            }
        }
        out.raw(CREATED_AT).time(account.createdAt());
    }

    static ServiceAccountDraft read(JsonInput in, Violations violations) {
        String name = null;
        List<String> scopes = null;
        for (String field = in.nextField(); field != null; field = in.nextField()) {
            switch (field) {
                case "name" -> name = in.text(violations);
                case "scopes" -> scopes = in.isNull() ? null : scopes(in, violations);
                case "id", "client_id", "client_secret", "created_at" ->
                    in.reject(violations, "read_only", "is set by the service");
                default -> in.unknown(violations);
            }
        }
        return new ServiceAccountDraft(name, scopes);
    }

    private static List<String> scopes(JsonInput in, Violations violations) {
        if (!in.beginsArray(violations)) {
            return null;
        }
        List<String> scopes = new ArrayList<>();
        while (in.nextElement()) {
            scopes.add(in.text(violations));
        }
        return scopes;
    }
}
