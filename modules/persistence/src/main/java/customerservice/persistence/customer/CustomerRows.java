package customerservice.persistence.customer;

import customerservice.domain.customer.Address;
import customerservice.domain.customer.Customer;
import customerservice.domain.customer.CustomerChange;
import customerservice.domain.customer.CustomerId;
import customerservice.domain.customer.CustomerStatus;
import customerservice.domain.customer.EmailAddress;
import customerservice.domain.customer.FieldChange;
import customerservice.domain.customer.PhoneNumber;
import customerservice.persistence.audit.AuditRows;
import customerservice.persistence.sql.Columns;
import customerservice.persistence.sql.Jsonb;
import customerservice.persistence.sql.Parameters;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Rows to domain values, by position. */
final class CustomerRows {

    static final String COLUMNS = "id, name, email, phone, status, address, metadata, version, created_at, updated_at";

    /** To be followed by what it inserts. */
    static final String INSERT = "insert into customers (" + COLUMNS + ")\n";

    private CustomerRows() {}

    /** Of {@link #COLUMNS}. */
    static Customer customer(ResultSet row) throws SQLException {
        String phone = row.getString(4);
        String address = row.getString(6);
        return new Customer(
                new CustomerId(row.getObject(1, UUID.class)),
                row.getString(2),
                new EmailAddress(row.getString(3)),
                phone == null ? Optional.empty() : Optional.of(new PhoneNumber(phone)),
                CustomerStatus.ofLabel(row.getString(5)).orElse(CustomerStatus.UNKNOWN),
                address == null ? Optional.<Address>empty() : Optional.of(Jsonb.address(address)),
                Jsonb.metadata(row.getString(7)),
                row.getLong(8),
                Columns.time(row, 9),
                Columns.time(row, 10));
    }

    /** To {@link #COLUMNS}. */
    static Parameters bind(Customer customer, Parameters parameters) {
        return parameters.uuid(customer.id().value())
                .text(customer.name())
                .text(customer.email().value())
                .text(customer.phone().map(PhoneNumber::value))
                .text(customer.status().label())
                .text(customer.address().map(Jsonb::ofAddress))
                .text(Jsonb.ofMetadata(customer.metadata()))
                .number(customer.version())
                .time(customer.createdAt())
                .time(customer.updatedAt());
    }

    /** Columns: at, action, subject, version, fields, actor, request_id, source_address, changes. */
    static CustomerChange change(ResultSet row) throws SQLException {
        String changes = row.getString(9);
        return new CustomerChange(
                AuditRows.entry(row, 1),
                changes == null ? List.<FieldChange>of() : Jsonb.changes(changes));
    }
}
