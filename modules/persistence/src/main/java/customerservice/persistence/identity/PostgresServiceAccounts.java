package customerservice.persistence.identity;

import customerservice.domain.DomainException.DuplicateServiceAccount;
import customerservice.domain.Page;
import customerservice.domain.Seek;
import customerservice.domain.audit.AuditEntry;
import customerservice.domain.identity.Scope;
import customerservice.domain.identity.ServiceAccount;
import customerservice.domain.identity.ServiceAccountStore;
import customerservice.persistence.audit.AuditRows;
import customerservice.persistence.connection.Gate;
import customerservice.persistence.connection.SqlState;
import customerservice.persistence.sql.Columns;
import customerservice.persistence.sql.Parameters;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.JdbiException;

/** Service accounts in PostgreSQL; a change and its audit entry are one statement. */
public final class PostgresServiceAccounts implements ServiceAccountStore {

    private static final String COLUMNS = "id, name, scopes, secret_hash, created_at";

    private static final String FIND = "select " + COLUMNS + " from service_accounts where id = ?";

    private static final String FIND_BY_NAME = "select " + COLUMNS + " from service_accounts where name = ?";

    static final NameListing<ServiceAccount> LISTING = new NameListing<>(
            "select " + COLUMNS + " from service_accounts", "name", "name", "?", (row, context) -> account(row),
            (account, name) -> account.name().equals(name));

    private static final String INSERT = """
            with added as (
              insert into service_accounts (id, name, scopes, secret_hash, created_at)
              select ?, ?, ?, ?, ? where
            """ + Actor.MAY + """
              returning id
            )
            """ + AuditRows.insertFrom("added");

    private static final String DELETE = """
            with actor as materialized (
              select
            """ + Actor.MAY + """
              as may
            ), gone as (
              delete from service_accounts using actor where id = ? and may returning id
            ), audit as (
            """ + AuditRows.insertFrom("gone") + """
            )
            select may, gone.id from actor left join gone on true
            """;

    private final Gate gate;

    public PostgresServiceAccounts(Gate gate) {
        this.gate = gate;
    }

    @Override
    public Optional<ServiceAccount> find(UUID id) {
        return gate.call(handle -> {
            var query = handle.createQuery(FIND);
            new Parameters(query).uuid(id);
            return query.map((row, context) -> account(row)).findOne();
        });
    }

    @Override
    public Optional<ServiceAccount> findByName(String name) {
        return gate.call(handle -> {
            var query = handle.createQuery(FIND_BY_NAME);
            new Parameters(query).text(name);
            return query.map((row, context) -> account(row)).findOne();
        });
    }

    @Override
    public Page<ServiceAccount> list(Seek<String> seek, int limit) {
        return LISTING.page(gate, seek, limit);
    }

    @Override
    public void insert(ServiceAccount account, AuditEntry audit) {
        gate.call(handle -> {
            var insert = handle.createUpdate(INSERT);
            var parameters = new Parameters(insert).uuid(account.id())
                    .text(account.name())
                    .texts(account.scopes().stream().map(Scope::label).sorted().toList())
                    .text(account.secretHash())
                    .time(account.createdAt());
            AuditRows.bind(audit, Actor.bind(audit, parameters));
            try {
                int inserted = insert.execute();
                Actor.require(inserted > 0);
                return inserted;
            } catch (JdbiException e) {
                Optional<String> violated = Gate.sqlCause(e).flatMap(SqlState::uniqueViolation);
                throw violated.filter("service_accounts_name_key"::equals).isPresent()
                        ? new DuplicateServiceAccount()
                        : e;
            }
        });
    }

    @Override
    public boolean delete(UUID id, AuditEntry audit) {
        return gate.call(handle -> {
            var delete = handle.createQuery(DELETE);
            AuditRows.bind(audit, Actor.bind(audit, new Parameters(delete)).uuid(id));
            return delete.map((row, context) -> {
                Actor.require(row.getBoolean(1));
                return row.getObject(2) != null;
            }).one();
        });
    }

    private static ServiceAccount account(ResultSet row) throws SQLException {
        return new ServiceAccount(
                row.getObject(1, UUID.class),
                row.getString(2),
                scopes((String[]) row.getArray(3).getArray()),
                row.getString(4),
                Columns.time(row, 5));
    }

    /** Those that another release has added are no concern of this one. */
    static Set<Scope> scopes(String[] labels) {
        var scopes = EnumSet.noneOf(Scope.class);
        for (String label : labels) {
            Scope.ofLabel(label).ifPresent(scopes::add);
        }
        return scopes;
    }
}
