package customerservice.api.customers;

import customerservice.api.http.Access;
import customerservice.api.http.Answer;
import customerservice.api.http.EntityTags;
import customerservice.api.http.Exchange;
import customerservice.api.http.Preconditions;
import customerservice.api.http.Route;
import customerservice.api.http.Uuids;
import customerservice.api.http.message.Field;
import customerservice.api.http.message.FieldName;
import customerservice.api.http.message.HttpMethod;
import customerservice.api.http.message.MediaTypes;
import customerservice.api.http.message.Problem;
import customerservice.api.http.message.ProblemException;
import customerservice.api.json.JsonInput;
import customerservice.api.json.JsonOutput;
import customerservice.auth.Sha256;
import customerservice.domain.DomainException.CustomerNotFound;
import customerservice.domain.Violations;
import customerservice.domain.customer.Customer;
import customerservice.domain.customer.CustomerDraft;
import customerservice.domain.customer.CustomerId;
import customerservice.domain.customer.CustomerPatch;
import customerservice.domain.customer.Customers;
import customerservice.domain.customer.IdempotencyKey;
import customerservice.domain.customer.Precondition;
import customerservice.domain.identity.Scope;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import java.util.List;

/** One customer: create, read, replace, change, erase. */
public final class CustomerResource {

    static final String COLLECTION = "/v1/customers";
    static final String ITEM = "/v1/customers/{id}";

    private static final HeaderName IDEMPOTENCY_KEY = HeaderNames.create("Idempotency-Key");

    private final Customers customers;
    private final boolean requireIfMatch;

    public CustomerResource(Customers customers, boolean requireIfMatch) {
        this.customers = customers;
        this.requireIfMatch = requireIfMatch;
    }

    public List<Route> routes() {
        Access read = Access.scope(Scope.CUSTOMERS_READ);
        Access write = Access.scope(Scope.CUSTOMERS_WRITE);
        return List.of(
                Route.of(HttpMethod.POST, COLLECTION, write, this::create),
                Route.of(HttpMethod.GET, ITEM, read, this::get),
                Route.of(HttpMethod.PUT, ITEM, write, this::replace),
                Route.of(HttpMethod.PATCH, ITEM, write, this::amend),
                Route.of(HttpMethod.DELETE, ITEM, Access.scope(Scope.CUSTOMERS_DELETE), this::erase));
    }

    private void create(Exchange exchange) {
        exchange.accepts(MediaTypes.JSON);
        String key = idempotencyKey(exchange);
        byte[] body = exchange.body(MediaTypes.JSON);
        var violations = new Violations();
        CustomerDraft draft = JsonInput.object(body, in -> CustomerJson.read(in, violations));
        Customer customer;
        if (key.isEmpty()) {
            customer = customers.create(draft, violations, exchange.caller());
        } else {
            var once = new IdempotencyKey(exchange.principalId(), key, Sha256.hex(body));
            customer = customers.createOnce(draft, violations, once, exchange.caller());
        }
        exchange.answer().field(FieldName.LOCATION, COLLECTION + "/" + customer.id());
        send(exchange, 201, customer);
    }

    private void get(Exchange exchange) {
        exchange.accepts(MediaTypes.JSON);
        Customer customer = customers.get(id(exchange));
        String tag = EntityTags.of(customer.version());
        if (Preconditions.hasCurrent(exchange, tag)) {
            exchange.answer().field(Field.PRIVATE);
            exchange.sendNotModified(tag);
            return;
        }
        exchange.sendCompressible(200, write(exchange, customer), tag);
    }

    private void replace(Exchange exchange) {
        exchange.accepts(MediaTypes.JSON);
        CustomerId id = id(exchange);
        Precondition condition = condition(exchange);
        byte[] body = exchange.body(MediaTypes.JSON);
        var violations = new Violations();
        CustomerDraft draft = JsonInput.object(body, in -> CustomerJson.read(in, violations));
        send(exchange, 200, customers.replace(id, draft, violations, condition, exchange.caller()));
    }

    private void amend(Exchange exchange) {
        exchange.accepts(MediaTypes.JSON);
        CustomerId id = id(exchange);
        Precondition condition = condition(exchange);
        byte[] body = exchange.body(MediaTypes.MERGE_PATCH);
        // What cannot be read is to be refused before the store is asked; the patch itself can only be read against a
        // customer, and anew against each version that it meets.
        var unread = new Violations();
        JsonInput.object(body, in -> CustomerJson.merge(in, CustomerJson.EMPTY, unread));
        CustomerPatch patch = (current, violations) -> JsonInput
                .object(body, in -> CustomerJson.merge(in, current, violations));
        send(exchange, 200, customers.amend(id, patch, condition, exchange.caller()));
    }

    private void erase(Exchange exchange) {
        customers.erase(id(exchange), condition(exchange), exchange.caller());
        exchange.send(204);
    }

    private static void send(Exchange exchange, int status, Customer customer) {
        exchange.answer().field(FieldName.ETAG, EntityTags.of(customer.version()));
        exchange.send(status, write(exchange, customer));
    }

    private static JsonOutput write(Exchange exchange, Customer customer) {
        Answer answer = exchange.answer();
        answer.field(Field.JSON);
        answer.field(Field.PRIVATE);
        JsonOutput out = answer.json();
        CustomerJson.write(customer, out);
        return out;
    }

    /** @throws CustomerNotFound if the path does not hold a UUID: no customer has such a name */
    static CustomerId id(Exchange exchange) {
        return new CustomerId(Uuids.parameter(exchange, CustomerNotFound::new));
    }

    private Precondition condition(Exchange exchange) {
        if (requireIfMatch && !exchange.has(HeaderNames.IF_MATCH)) {
            throw new ProblemException(
                    Problem.PRECONDITION_REQUIRED, "Send If-Match with the ETag of the version that you mean.");
        }
        return Preconditions.ofChange(exchange);
    }

    /** Empty if there is none. */
    private static String idempotencyKey(Exchange exchange) {
        if (!exchange.has(IDEMPOTENCY_KEY)) {
            return "";
        }
        String key = exchange.field(IDEMPOTENCY_KEY);
        boolean fits = !key.isEmpty() && key.length() <= IdempotencyKey.MAX_LENGTH;
        for (int i = 0; i < key.length() && fits; i++) {
            fits = key.charAt(i) > ' ' && key.charAt(i) < 0x7F;
        }
        if (!fits) {
            throw ProblemException.header("Idempotency-Key", "must be 1 to 255 visible ASCII characters");
        }
        return key;
    }
}
