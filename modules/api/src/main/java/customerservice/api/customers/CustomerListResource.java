package customerservice.api.customers;

import customerservice.api.http.Access;
import customerservice.api.http.Cursors;
import customerservice.api.http.Exchange;
import customerservice.api.http.Paging;
import customerservice.api.http.Route;
import customerservice.api.http.message.HttpMethod;
import customerservice.api.http.message.MediaTypes;
import customerservice.api.http.message.QueryParameters;
import customerservice.domain.customer.Customer;
import customerservice.domain.customer.CustomerQuery;
import customerservice.domain.customer.CustomerQuery.Sort;
import customerservice.domain.customer.CustomerStatus;
import customerservice.domain.customer.Customers;
import customerservice.domain.customer.EmailAddress;
import customerservice.domain.identity.Scope;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** The list of customers. */
public final class CustomerListResource {

    private static final Set<String> PARAMETERS = Set.of(
            Paging.LIMIT,
            Paging.AFTER,
            Paging.BEFORE,
            "sort",
            "status",
            "email",
            "created_from",
            "created_to");

    private final Customers customers;

    public CustomerListResource(Customers customers) {
        this.customers = customers;
    }

    public Route route() {
        return Route.of(
                HttpMethod.GET, CustomerResource.COLLECTION, Access.scope(Scope.CUSTOMERS_READ), this::list);
    }

    private void list(Exchange exchange) {
        exchange.accepts(MediaTypes.JSON);
        QueryParameters parameters = exchange.query(PARAMETERS);
        CustomerQuery query = query(parameters);
        Sort sort = query.sort();
        Paging.send(
                exchange,
                parameters,
                customers.list(query),
                CustomerJson::write,
                (Customer customer) -> Cursors.of(sort, sort.positionOf(customer)));
    }

    private static CustomerQuery query(QueryParameters parameters) {
        Sort sort = parameters.get(
                "sort", Sort::ofLabel, "invalid_sort", "must be one of created_at, -created_at, name, -name")
                .orElse(Sort.CREATED_AT_DESCENDING);
        Optional<CustomerStatus> status = parameters.get(
                "status", CustomerStatus::ofLabel, "invalid_status", "must be one of active, suspended, closed");
        Optional<EmailAddress> email = parameters.get(
                "email", EmailAddress::parse, "invalid_email", "must be an email address");
        Optional<Instant> from = parameters.time("created_from");
        Optional<Instant> to = parameters.time("created_to");
        int limit = Paging.limit(parameters);
        var seek = Paging.seek(parameters, text -> Cursors.position(text, sort));
        parameters.throwIfAny();
        return new CustomerQuery(status, email, from, to, sort, seek, limit);
    }
}
