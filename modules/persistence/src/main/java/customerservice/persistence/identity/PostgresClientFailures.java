package customerservice.persistence.identity;

import customerservice.domain.audit.AuditEntry;
import customerservice.domain.identity.ClientFailures;
import customerservice.domain.identity.FailedAttempts;
import customerservice.domain.identity.FailedAttempts.By;
import customerservice.persistence.audit.AuditRows;
import customerservice.persistence.connection.Gate;
import customerservice.persistence.sql.Parameters;
import java.util.EnumMap;
import java.util.Map;

/** Failures of clients in PostgreSQL, in the table of those of people. */
public final class PostgresClientFailures implements ClientFailures {

    private static final String STANDING = """
            select %s, %s
            from (select 1) one
            left join sign_in_failures c on c.key = ?
            left join sign_in_failures s on s.key = ?
            """.formatted(FailureRows.columns("c"), FailureRows.columns("s"));

    private static final String OF_NETWORK = """
            select %s from (select 1) one left join sign_in_failures s on s.key = ?
            """.formatted(FailureRows.columns("s"));

    private static final String FAILED = FailureRows.COUNT + "select count(*) from counted";

    private final Gate gate;

    public PostgresClientFailures(Gate gate) {
        this.gate = gate;
    }

    @Override
    public Standing standing(String clientId, String network) {
        return gate.call(handle -> {
            var query = handle.createQuery(STANDING);
            new Parameters(query).text(clientKey(clientId)).text(networkKey(network));
            return query.map((row, context) -> new Standing(
                    FailureRows.failures(row, 1, By.CLIENT),
                    FailureRows.failures(row, 3, By.NETWORK_OF_CLIENTS)))
                    .one();
        });
    }

    @Override
    public FailedAttempts ofNetwork(String network) {
        return gate.call(handle -> {
            var query = handle.createQuery(OF_NETWORK);
            new Parameters(query).text(networkKey(network));
            return query.map((row, context) -> FailureRows.failures(row, 1, By.NETWORK_OF_CLIENTS)).one();
        });
    }

    @Override
    public void failed(String clientId, String network, AuditEntry audit) {
        gate.call(handle -> {
            var update = handle.createUpdate(FailureRows.COUNT + AuditRows.insertValues(audit));
            Map<By, String> keys = networkKeys(network);
            keys.put(By.CLIENT, clientKey(clientId));
            AuditRows.bind(audit, FailureRows.bind(keys, new Parameters(update)));
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

    private static Map<By, String> networkKeys(String network) {
        var keys = new EnumMap<By, String>(By.class);
        keys.put(By.NETWORK_OF_CLIENTS, networkKey(network));
        return keys;
    }

    /** Neither ids nor networks have a blank. */
    private static String clientKey(String clientId) {
        return "client " + clientId;
    }

    private static String networkKey(String network) {
        return "clients-network " + network;
    }
}
