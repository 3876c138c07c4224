package customerservice.persistence.customer;

import customerservice.domain.DomainException.DuplicateEmail;
import customerservice.domain.Page;
import customerservice.domain.Seek;
import customerservice.domain.audit.AuditEntry;
import customerservice.domain.customer.Customer;
import customerservice.domain.customer.CustomerChange;
import customerservice.domain.customer.CustomerId;
import customerservice.domain.customer.CustomerQuery;
import customerservice.domain.customer.CustomerQuery.Position;
import customerservice.domain.customer.CustomerStatus;
import customerservice.domain.customer.CustomerStore;
import customerservice.domain.customer.IdempotencyKey;
import customerservice.persistence.audit.AuditRows;
import customerservice.persistence.connection.Gate;
import customerservice.persistence.connection.SqlState;
import customerservice.persistence.sql.Jsonb;
import customerservice.persistence.sql.Pages;
import customerservice.persistence.sql.Parameters;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.Query;

/**
 * Customers in PostgreSQL. Each change is one statement: the row, its audit entry and the changed values stand or fall
 * together without a transaction being opened and closed, so a call is one round trip.
 */
public final class PostgresCustomers implements CustomerStore {

    private static final String FIND = "select " + CustomerRows.COLUMNS + " from customers where id = ?";

    private static final String INSERT = """
            with customer as (
            """ + CustomerRows.INSERT + """
              values (?, ?, ?, ?, ?, ?::jsonb, ?::jsonb, ?, ?, ?)
            ), audit as (
            """ + AuditRows.INSERT_VALUES + """
            )
            insert into customer_changes (customer_id, version, changes) values (?, ?, ?::jsonb)
            """;

    private static final String UPDATE = """
            with customer as (
              update customers
              set name = ?, email = ?, phone = ?, status = coalesce(?, status), address = ?::jsonb, metadata = ?::jsonb, version = ?,
                updated_at = ?
              where id = ? and version = ?
              returning id, version
            ), audit as (
            """ + AuditRows.insertFrom("customer") + """
            )
            insert into customer_changes (customer_id, version, changes) select id, version, ?::jsonb from customer
            """;

    private static final String ERASE = """
            with customer as (
              delete from customers where id = ? and version = ? returning id
            ), changes as (
              delete from customer_changes where customer_id in (select id from customer)
            ), answers as (
              update idempotency_keys set answer = null where customer_id in (select id from customer)
            )
            """ + AuditRows.insertFrom("customer");

    /** The trail has lines of users and others too, whose ids look the same. */
    private static final String HISTORY = """
            select a.at, a.action, a.subject, a.version, a.fields, a.actor, a.request_id, a.source_address, c.changes
            from audit_log a left join customer_changes c on c.customer_id = ? and c.version = a.version
            where a.subject collate "C" = ? and a.action like 'customer.%'
            """;

    private static final String HISTORY_FORWARDS = Pages.limited(HISTORY, "version desc");
    private static final String HISTORY_BACKWARDS = Pages.limited(HISTORY, "version");
    private static final String HISTORY_AFTER = Pages.limited(HISTORY + "and a.version <= ?", "version desc");
    private static final String HISTORY_BEFORE = Pages.limited(HISTORY + "and a.version >= ?", "version");

    /** More than the default limit, which is then one round trip; of the largest customers, 2.5 MB. */
    private static final int PORTION = 25;

    /** A change may hold a whole customer as it was and as it became. */
    private static final int HISTORY_PORTION = 8;

    private static final Pages<Customer> PAGES = new Pages<>(
            PORTION, (row, context) -> CustomerRows.customer(row), CustomerSize::characters);
    private static final Pages<CustomerChange> HISTORY_PAGES = new Pages<>(
            HISTORY_PORTION, (row, context) -> CustomerRows.change(row), CustomerSize::characters);

    private final Gate gate;
    private final IdempotentInsert idempotentInsert;

    public PostgresCustomers(Gate gate, Clock clock) {
        this.gate = gate;
        this.idempotentInsert = new IdempotentInsert(gate, clock);
    }

    @Override
    public Optional<Customer> find(CustomerId id) {
        return findStored(id);
    }

    @Override
    public Optional<Customer> findStored(CustomerId id) {
        Objects.requireNonNull(id, "id");
        return gate.call(handle -> handle.createQuery(FIND)
                .bind(0, (position, statement, context) -> statement.setObject(position, id.value()))
                .map((row, context) -> CustomerRows.customer(row))
                .findOne());
    }

    @Override
    public Page<Customer> list(CustomerQuery query) {
        Objects.requireNonNull(query, "query");
        return PAGES.read(
                gate,
                query.seek(),
                query.limit(),
                (handle, seek, rows) -> listing(handle, query, seek, rows),
                (customer, position) -> query.sort().positionOf(customer).equals(position));
    }

    private static Query listing(Handle handle, CustomerQuery query, Seek<Position> seek, int rows) {
        if (CustomersOfTime.isAskedFor(query)) {
            var ofTime = new CustomersOfTime(query, seek);
            if (ofTime.areFew(handle)) {
                return ofTime.query(handle, rows);
            }
        }
        return new CustomerListing(query, seek).query(handle, rows);
    }

    @Override
    public void insert(Customer customer, CustomerChange change) {
        change(handle -> {
            var insert = handle.createUpdate(INSERT);
            var parameters = CustomerRows.bind(customer, new Parameters(insert));
            AuditRows.bind(change.audit(), parameters)
                    .uuid(customer.id().value())
                    .number(customer.version())
                    .text(Jsonb.ofChanges(change.values()));
            return insert.execute();
        });
    }

    @Override
    public Customer insertOnce(Customer customer, IdempotencyKey key, CustomerChange change) {
        return idempotentInsert.insert(customer, key, change);
    }

    @Override
    public boolean update(Customer customer, CustomerChange change) {
        return change(handle -> {
            var update = handle.createUpdate(UPDATE);
            var parameters = new Parameters(update).text(customer.name())
                    .text(customer.email().value())
                    .text(customer.phone().map(phone -> phone.value()))
                    .text(Optional.of(customer.status())
                            .filter(status -> status != CustomerStatus.UNKNOWN)
                            .map(CustomerStatus::label))
                    .text(customer.address().map(Jsonb::ofAddress))
                    .text(Jsonb.ofMetadata(customer.metadata()))
                    .number(customer.version())
                    .time(customer.updatedAt())
                    .uuid(customer.id().value())
                    .number(customer.version() - 1);
            AuditRows.bind(change.audit(), parameters).text(Jsonb.ofChanges(change.values()));
            return update.execute();
        }) > 0;
    }

    @Override
    public boolean erase(CustomerId id, long version, AuditEntry audit) {
        return change(handle -> {
            var erase = handle.createUpdate(ERASE);
            AuditRows.bind(audit, new Parameters(erase).uuid(id.value()).number(version));
            return erase.execute();
        }) > 0;
    }

    @Override
    public Page<CustomerChange> history(CustomerId id, Seek<Long> seek, int limit) {
        return HISTORY_PAGES.read(
                gate,
                seek,
                limit,
                (handle, sought, rows) -> history(handle, id, sought, rows),
                (change, version) -> change.audit().version() == version);
    }

    private static Query history(Handle handle, CustomerId id, Seek<Long> seek, int rows) {
        return bindHistory(handle.createQuery(historySql(seek)), id, seek, rows);
    }

    static String historySql(Seek<Long> seek) {
        return switch (seek) {
            case Seek.Start<Long> _ -> HISTORY_FORWARDS;
            case Seek.End<Long> _ -> HISTORY_BACKWARDS;
            case Seek.After<Long> _ -> HISTORY_AFTER;
            case Seek.Before<Long> _ -> HISTORY_BEFORE;
        };
    }

    static Query bindHistory(Query query, CustomerId id, Seek<Long> seek, int rows) {
        var parameters = new Parameters(query).uuid(id.value()).text(id.toString());
        seek.place().ifPresent(parameters::number);
        parameters.number(rows);
        return query;
    }

    private int change(Gate.Work<Integer> work) {
        return gate.call(handle -> {
            try {
                return work.with(handle);
            } catch (JdbiException e) {
                throw duplicateEmailOr(e);
            }
        });
    }

    static RuntimeException duplicateEmailOr(JdbiException e) {
        Optional<String> violated = Gate.sqlCause(e).flatMap(SqlState::uniqueViolation);
        return violated.filter("customers_email_key"::equals).isPresent() ? new DuplicateEmail() : e;
    }
}
