package customerservice.api.identity;

import customerservice.api.http.Access;
import customerservice.api.http.Answer;
import customerservice.api.http.Cursors;
import customerservice.api.http.Exchange;
import customerservice.api.http.Paging;
import customerservice.api.http.Preconditions;
import customerservice.api.http.Route;
import customerservice.api.http.Uuids;
import customerservice.api.http.message.Field;
import customerservice.api.http.message.FieldName;
import customerservice.api.http.message.HttpMethod;
import customerservice.api.http.message.MediaTypes;
import customerservice.api.http.message.QueryParameters;
import customerservice.api.json.JsonInput;
import customerservice.api.json.JsonOutput;
import customerservice.auth.account.UserDraft;
import customerservice.auth.account.Users;
import customerservice.domain.DomainException.UserNotFound;
import customerservice.domain.Seek;
import customerservice.domain.Violations;
import customerservice.domain.identity.Scope;
import customerservice.domain.identity.User;
import customerservice.domain.identity.UserPatch;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** The people who may sign in. */
public final class UserResource {

    static final String COLLECTION = "/v1/users";
    static final String ITEM = "/v1/users/{id}";

    private static final Set<String> PARAMETERS = Set.of(Paging.LIMIT, Paging.AFTER, Paging.BEFORE);
    private static final char CURSOR = 'u';

    private final Users users;

    public UserResource(Users users) {
        this.users = users;
    }

    public List<Route> routes() {
        Access admin = Access.scope(Scope.USERS_ADMIN);
        return List.of(
                Route.of(HttpMethod.GET, COLLECTION, admin, this::list),
                Route.of(HttpMethod.POST, COLLECTION, admin, this::add),
                Route.of(HttpMethod.GET, ITEM, admin, this::get),
                Route.of(HttpMethod.PATCH, ITEM, admin, this::amend),
                Route.of(HttpMethod.DELETE, ITEM, admin, this::remove));
    }

    private void list(Exchange exchange) {
        exchange.accepts(MediaTypes.JSON);
        QueryParameters parameters = exchange.query(PARAMETERS);
        int limit = Paging.limit(parameters);
        Seek<String> seek = Paging.seek(parameters, text -> Cursors.name(CURSOR, text));
        parameters.throwIfAny();
        Paging.send(
                exchange,
                parameters,
                users.list(seek, limit),
                UserJson::write,
                (User user) -> Cursors.ofName(CURSOR, user.username()));
    }

    private void add(Exchange exchange) {
        exchange.accepts(MediaTypes.JSON);
        var violations = new Violations();
        UserDraft draft = JsonInput.object(exchange.body(MediaTypes.JSON), in -> UserJson.read(in, violations));
        User user = users.add(draft, violations, exchange.caller());
        exchange.answer().field(FieldName.LOCATION, COLLECTION + "/" + user.id());
        send(exchange, 201, user);
    }

    private void get(Exchange exchange) {
        exchange.accepts(MediaTypes.JSON);
        send(exchange, 200, users.get(id(exchange)));
    }

    private void amend(Exchange exchange) {
        exchange.accepts(MediaTypes.JSON);
        UUID id = id(exchange);
        var violations = new Violations();
        UserPatch patch = JsonInput.object(
                exchange.body(MediaTypes.MERGE_PATCH), in -> UserJson.patch(in, violations));
        violations.throwIfAny();
        Preconditions.ofUntagged(exchange, () -> users.get(id));
        send(exchange, 200, users.amend(id, patch, exchange.caller()));
    }

    private void remove(Exchange exchange) {
        UUID id = id(exchange);
        Preconditions.ofUntagged(exchange, () -> users.get(id));
        users.remove(id, exchange.caller());
        exchange.send(204);
    }

    private static void send(Exchange exchange, int status, User user) {
        Answer answer = exchange.answer();
        answer.field(Field.JSON);
        answer.field(Field.NO_STORE);
        JsonOutput out = answer.json();
        UserJson.write(user, out);
        exchange.send(status, out);
    }

    /** @throws UserNotFound if the path does not hold a UUID: no user has such a name */
    static UUID id(Exchange exchange) {
        return Uuids.parameter(exchange, UserNotFound::new);
    }
}
