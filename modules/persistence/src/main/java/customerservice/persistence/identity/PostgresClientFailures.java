package customerservice.persistence.identity;

import customerservice.domain.audit.AuditEntry;
import customerservice.domain.identity.ClientFailures;
import customerservice.domain.identity.FailedAttempts.By;
import customerservice.domain.identity.SourceNetwork;
import customerservice.persistence.audit.AuditRows;
import customerservice.persistence.connection.Gate;
import customerservice.persistence.sql.Parameters;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Failures of clients in PostgreSQL, in the table of those of people. */
public final class PostgresClientFailures implements ClientFailures {

    private static final String STANDING = """
            select %s, %s, %s
            from (select 1) one
            left join sign_in_failures c on c.key = ?
            left join sign_in_failures s on s.key = ?
            left join sign_in_failures w on w.key = ?
            """.formatted(FailureRows.columns("c"), FailureRows.columns("s"), FailureRows.columns("w"));

    private static final String FAILED = FailureRows.COUNT + "select count(*) from counted";

    private final Gate gate;

    public PostgresClientFailures(Gate gate) {
        this.gate = gate;
    }

    @Override
    public Standing standing(String clientId, String network) {
        return standing(clientKeys(clientId, network));
    }

    @Override
    public Standing standing(String network) {
        return standing(networkKeys(network));
    }

    private Standing standing(Map<By, String> keys) {
        return gate.call(handle -> {
            var query = handle.createQuery(STANDING);
            new Parameters(query).text(Optional.ofNullable(keys.get(By.CLIENT)))
                    .text(keys.get(By.NETWORK_OF_CLIENTS))
                    .text(Optional.ofNullable(keys.get(By.SITE_OF_CLIENTS)));
            return query.map((row, context) -> new Standing(
                    FailureRows.failures(row, 1, By.CLIENT),
                    FailureRows.failures(row, 3, By.NETWORK_OF_CLIENTS),
                    FailureRows.failures(row, 5, By.SITE_OF_CLIENTS)))
                    .one();
        });
    }

    @Override
    public void failed(String clientId, String network, AuditEntry audit) {
        gate.call(handle -> {
            var update = handle.createUpdate(FailureRows.COUNT + AuditRows.insertValues(audit));
            AuditRows.bind(audit, FailureRows.bind(clientKeys(clientId, network), new Parameters(update)));
            return update.execute();
        });
    }

    @Override
    public void failed(String network) {
        gate.call(handle -> {
            var query = handle.createQuery(FAILED);
            FailureRows.bind(networkKeys(network), new Parameters(query));
            return query.map((row, context) -> row.getLong(1)).one();
        });
    }

    /** Neither ids nor networks have a blank. */
    private static Map<By, String> clientKeys(String clientId, String network) {
        Map<By, String> keys = networkKeys(network);
        keys.put(By.CLIENT, "client " + clientId);
        return keys;
    }

    private static Map<By, String> networkKeys(String network) {
        var keys = new EnumMap<By, String>(By.class);
        keys.put(By.NETWORK_OF_CLIENTS, "clients-network " + network);
        SourceNetwork.site(network).ifPresent(site -> keys.put(By.SITE_OF_CLIENTS, "clients-site " + site));
        return keys;
    }
}
