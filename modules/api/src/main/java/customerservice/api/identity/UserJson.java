package customerservice.api.identity;

import static customerservice.api.json.JsonOutput.ascii;

import customerservice.api.json.JsonInput;
import customerservice.api.json.JsonOutput;
import customerservice.auth.account.UserDraft;
import customerservice.domain.Violations;
import customerservice.domain.identity.Role;
import customerservice.domain.identity.User;
import customerservice.domain.identity.UserPatch;
import java.util.Optional;

/** A user's wire form. */
final class UserJson {

    private static final byte[] ID = ascii("{\"id\":");
    private static final byte[] USERNAME = ascii(",\"username\":");
    private static final byte[] ROLE = ascii(",\"role\":");
    private static final byte[] ACTIVE = ascii(",\"active\":");
    private static final byte[] CREATED_AT = ascii(",\"created_at\":");

    private UserJson() {}

    static void write(User user, JsonOutput out) {
        out.raw(ID).uuid(user.id());
        out.raw(USERNAME).string(user.username());
        out.raw(ROLE).string(user.role().label());
        out.raw(ACTIVE).flag(user.active());
        out.raw(CREATED_AT).time(user.createdAt());
        out.raw('}');
    }

    static UserDraft read(JsonInput in, Violations violations) {
        String username = null;
        String role = null;
        String password = null;
        for (String field = in.nextField(); field != null; field = in.nextField()) {
            switch (field) {
                case "username" -> username = in.text(violations);
                case "role" -> role = in.text(violations);
                case "password" -> password = in.text(violations);
                case "id", "active", "created_at" -> in.reject(violations, "read_only", "is set by the service");
                default -> in.unknown(violations);
            }
        }
        return new UserDraft(username, role, password == null ? null : password.toCharArray());
    }

    /** Reads a merge patch (RFC 7396). What can be changed cannot be removed. */
    static UserPatch patch(JsonInput in, Violations violations) {
        UserPatch patch = user -> user;
        for (String field = in.nextField(); field != null; field = in.nextField()) {
            switch (field) {
                case "role" -> patch = and(patch, role(in, violations));
                case "active" -> patch = and(patch, active(in, violations));
                case "id", "username", "created_at" -> in.reject(violations, "read_only", "cannot be changed");
                default -> in.unknown(violations);
            }
        }
        return patch;
    }

    private static UserPatch role(JsonInput in, Violations violations) {
        if (!in.isText()) {
            in.reject(violations, "invalid_type", "must be a string");
            return user -> user;
        }
        Optional<Role> role = Role.ofLabel(in.text(violations));
        if (role.isEmpty()) {
            violations.add("/role", "invalid_role", "must be one of admin, operator, viewer");
        }
        return user -> role.map(user::with).orElse(user);
    }

    private static UserPatch active(JsonInput in, Violations violations) {
        Optional<Boolean> active = in.flag(violations);
        return user -> active.map(user::withActive).orElse(user);
    }

    private static UserPatch and(UserPatch first, UserPatch second) {
        return user -> second.applyTo(first.applyTo(user));
    }
}
