package customerservice.api.customers;

import static customerservice.api.json.JsonOutput.ascii;

import customerservice.api.http.Access;
import customerservice.api.http.Cursors;
import customerservice.api.http.Exchange;
import customerservice.api.http.Paging;
import customerservice.api.http.Route;
import customerservice.api.http.message.HttpMethod;
import customerservice.api.http.message.MediaTypes;
import customerservice.api.http.message.QueryParameters;
import customerservice.api.json.JsonOutput;
import customerservice.domain.Seek;
import customerservice.domain.audit.AuditEntry;
import customerservice.domain.customer.CustomerChange;
import customerservice.domain.customer.CustomerId;
import customerservice.domain.customer.Customers;
import customerservice.domain.customer.FieldChange;
import customerservice.domain.identity.Scope;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A customer's history. */
public final class HistoryResource {

    static final String TEMPLATE = "/v1/customers/{id}/history";

    private static final Set<String> PARAMETERS = Set.of(Paging.LIMIT, Paging.AFTER, Paging.BEFORE);

    private static final byte[] AT = ascii("{\"at\":");
    private static final byte[] ACTION = ascii(",\"action\":");
    private static final byte[] VERSION = ascii(",\"version\":");
    private static final byte[] ACTOR = ascii(",\"actor\":");
    private static final byte[] REQUEST_ID = ascii(",\"request_id\":");
    private static final byte[] FIELDS = ascii(",\"fields\":[");
    private static final byte[] CHANGES = ascii("],\"changes\":[");
    private static final byte[] FIELD = ascii("{\"field\":");
    private static final byte[] FROM = ascii(",\"from\":");
    private static final byte[] TO = ascii(",\"to\":");
    private static final byte[] END = ascii("]}");

    private final Customers customers;

    public HistoryResource(Customers customers) {
        this.customers = customers;
    }

    public Route route() {
        return Route.of(HttpMethod.GET, TEMPLATE, Access.scope(Scope.CUSTOMERS_READ), this::list);
    }

    private void list(Exchange exchange) {
        exchange.accepts(MediaTypes.JSON);
        QueryParameters parameters = exchange.query(PARAMETERS);
        int limit = Paging.limit(parameters);
        Seek<Long> seek = Paging.seek(parameters, Cursors::version);
        parameters.throwIfAny();
        CustomerId id = CustomerResource.id(exchange);
        Paging.send(
                exchange,
                parameters,
                customers.history(id, seek, limit),
                HistoryResource::write,
                (CustomerChange change) -> Cursors.ofVersion(change.audit().version()));
    }

    private static void write(CustomerChange change, JsonOutput out) {
        AuditEntry audit = change.audit();
        out.raw(AT).time(audit.at());
        out.raw(ACTION).string(audit.action());
        out.raw(VERSION).number(audit.version());
        out.raw(ACTOR).string(audit.caller().actor());
        out.raw(REQUEST_ID).string(audit.caller().requestId());
        out.raw(FIELDS);
        for (int i = 0; i < audit.fields().size(); i++) {
            comma(i, out).string(audit.fields().get(i));
        }
        out.raw(CHANGES);
        List<FieldChange> values = change.values();
        for (int i = 0; i < values.size(); i++) {
            FieldChange value = values.get(i);
            comma(i, out).raw(FIELD).string(value.field());
            optional(FROM, value.from(), out);
            optional(TO, value.to(), out);
            out.raw('}');
        }
        out.raw(END);
    }

    private static JsonOutput comma(int index, JsonOutput out) {
        return index > 0 ? out.raw(',') : out;
    }

    private static void optional(byte[] name, Optional<String> value, JsonOutput out) {
        out.raw(name);
        if (value.isPresent()) {
            out.string(value.get());
        } else {
            out.nothing();
        }
    }
}
