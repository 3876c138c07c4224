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
import customerservice.auth.account.NewServiceAccount;
import customerservice.auth.account.ServiceAccountDraft;
import customerservice.auth.account.ServiceAccounts;
import customerservice.domain.DomainException.ServiceAccountNotFound;
import customerservice.domain.Seek;
import customerservice.domain.Violations;
import customerservice.domain.identity.Scope;
import customerservice.domain.identity.ServiceAccount;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** The programs that may get tokens for themselves. */
public final class ServiceAccountResource {

    private static final String COLLECTION = "/v1/service-accounts";
    private static final String ITEM = "/v1/service-accounts/{id}";
    private static final Set<String> PARAMETERS = Set.of(Paging.LIMIT, Paging.AFTER, Paging.BEFORE);
    private static final char CURSOR = 's';

    private final ServiceAccounts accounts;

    public ServiceAccountResource(ServiceAccounts accounts) {
        this.accounts = accounts;
    }

    public List<Route> routes() {
        Access admin = Access.scope(Scope.USERS_ADMIN);
        return List.of(
                Route.of(HttpMethod.GET, COLLECTION, admin, this::list),
                Route.of(HttpMethod.POST, COLLECTION, admin, this::add),
                Route.of(HttpMethod.GET, ITEM, admin, this::get),
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
                accounts.list(seek, limit),
                (ServiceAccount account, JsonOutput out) -> ServiceAccountJson.write(account, out),
                (ServiceAccount account) -> Cursors.ofName(CURSOR, account.name()));
    }

    private void add(Exchange exchange) {
        exchange.accepts(MediaTypes.JSON);
        var violations = new Violations();
        ServiceAccountDraft draft = JsonInput.object(
                exchange.body(MediaTypes.JSON), in -> ServiceAccountJson.read(in, violations));
        NewServiceAccount added = accounts.add(draft, violations, exchange.caller());
        Answer answer = exchange.answer();
        answer.field(Field.JSON);
        answer.field(Field.NO_STORE);
        answer.field(FieldName.LOCATION, COLLECTION + "/" + added.account().id());
        JsonOutput out = answer.json();
        ServiceAccountJson.write(added, out);
        exchange.send(201, out);
    }

    private void get(Exchange exchange) {
        exchange.accepts(MediaTypes.JSON);
        ServiceAccount account = accounts.get(id(exchange));
        Answer answer = exchange.answer();
        answer.field(Field.JSON);
        answer.field(Field.NO_STORE);
        JsonOutput out = answer.json();
        ServiceAccountJson.write(account, out);
        exchange.send(200, out);
    }

    private void remove(Exchange exchange) {
        UUID id = id(exchange);
        Preconditions.ofUntagged(exchange, () -> accounts.get(id));
        accounts.remove(id, exchange.caller());
        exchange.send(204);
    }

    /** @throws ServiceAccountNotFound if the path does not hold a UUID: no account has such a name */
    private static UUID id(Exchange exchange) {
        return Uuids.parameter(exchange, ServiceAccountNotFound::new);
    }
}
