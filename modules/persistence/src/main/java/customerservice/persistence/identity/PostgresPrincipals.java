package customerservice.persistence.identity;

import customerservice.domain.identity.PrincipalState;
import customerservice.domain.identity.PrincipalStore;
import customerservice.domain.identity.Role;
import customerservice.persistence.cache.CachedRows;
import customerservice.persistence.connection.Gate;
import customerservice.persistence.sql.Parameters;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

/**
 * What users and service accounts are now, kept in memory for as long as changes are heard of; also that there is nobody,
 * as whose removed token comes again and again would otherwise be asked for each time.
 */
public final class PostgresPrincipals implements PrincipalStore {

    /** Of one that is kept, by an estimate on the high side. */
    public static final int BYTES = 512;

    private static final String FIND = """
            select token_epoch, role, null::text[] from users where id = ? and active
            union all
            select 0, null, scopes from service_accounts where id = ?
            """;

    private final Gate gate;
    private final CachedRows<UUID, Optional<PrincipalState>> cache;

    public PostgresPrincipals(Gate gate, CachedRows<UUID, Optional<PrincipalState>> cache) {
        this.gate = gate;
        this.cache = cache;
    }

    /** Whether the one is a later state than the other: epochs only grow, and nobody comes back. */
    public static boolean isNewer(Optional<PrincipalState> one, Optional<PrincipalState> other) {
        return other.isPresent() && (one.isEmpty() || one.get().epoch() > other.get().epoch());
    }

    @Override
    public Optional<PrincipalState> find(UUID id) {
        return cache.get(id, this::stored).orElseThrow();
    }

    private Optional<Optional<PrincipalState>> stored(UUID id) {
        return Optional.of(gate.call(handle -> {
            var query = handle.createQuery(FIND);
            new Parameters(query).uuid(id).uuid(id);
            return query.map((row, context) -> state(row)).findOne();
        }));
    }

    private static PrincipalState state(ResultSet row) throws SQLException {
        String role = row.getString(2);
        return new PrincipalState(
                row.getLong(1),
                role == null
                        ? PostgresServiceAccounts.scopes((String[]) row.getArray(3).getArray())
                        : Role.ofLabel(role).orElse(Role.UNKNOWN).scopes());
    }
}
