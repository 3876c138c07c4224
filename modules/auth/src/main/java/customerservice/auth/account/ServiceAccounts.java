package customerservice.auth.account;

import customerservice.auth.RandomSecret;
import customerservice.domain.Caller;
import customerservice.domain.DomainException;
import customerservice.domain.Page;
import customerservice.domain.Seek;
import customerservice.domain.TimeOrderedUuid;
import customerservice.domain.Violations;
import customerservice.domain.audit.AuditEntry;
import customerservice.domain.audit.AuditListener;
import customerservice.domain.identity.Scope;
import customerservice.domain.identity.ServiceAccount;
import customerservice.domain.identity.ServiceAccountStore;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * What can be done with service accounts. Every method may throw {@link DomainException.StoreBusy} or {@link
 * DomainException.StoreUnavailable}.
 */
public final class ServiceAccounts {

    private final ServiceAccountStore store;
    private final AuditListener auditStream;
    private final Clock clock;
    private final RandomGenerator random;

    /** @param random for ids and secrets; of cryptographic strength */
    public ServiceAccounts(ServiceAccountStore store, AuditListener auditStream, Clock clock, RandomGenerator random) {
        this.store = Objects.requireNonNull(store, "store");
        this.auditStream = Objects.requireNonNull(auditStream, "auditStream");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.random = Objects.requireNonNull(random, "random");
    }

    /**
     * Adds a service account and makes its secret up.
     *
     * @param violations what was found wrong already; the rest is added
     * @throws DomainException.InvalidInput if anything is wrong
     * @throws DomainException.DuplicateServiceAccount if another service account has this name
     */
    public NewServiceAccount add(ServiceAccountDraft draft, Violations violations, Caller caller) {
        return insert(draft, violations, caller, _ -> {});
    }

    /**
     * Adds a service account and makes its secret up, otherwise as the other.
     *
     * @param beforehand gets the account before it is stored, unless its name is taken already, and may still prevent it
     *     by an exception
     */
    public NewServiceAccount add(
            ServiceAccountDraft draft, Violations violations, Caller caller, Consumer<NewServiceAccount> beforehand) {
        Objects.requireNonNull(beforehand, "beforehand");
        return insert(draft, violations, caller, added -> {
            if (find(added.account().name()).isPresent()) {
                throw new DomainException.DuplicateServiceAccount();
            }
            beforehand.accept(added);
        });
    }

    private NewServiceAccount insert(
            ServiceAccountDraft draft, Violations violations, Caller caller, Consumer<NewServiceAccount> beforehand) {
        Objects.requireNonNull(draft, "draft");
        Objects.requireNonNull(violations, "violations");
        Objects.requireNonNull(caller, "caller");
        if (draft.name() == null) {
            Usernames.missing("/name", violations);
        } else {
            Usernames.check(draft.name(), "/name", "invalid_name", violations);
        }
        Set<Scope> scopes = scopes(draft.scopes(), violations);
        violations.throwIfAny();
        String secret = RandomSecret.next(random);
        Instant now = now();
        var account = new ServiceAccount(
                TimeOrderedUuid.next(clock, random), draft.name(), scopes, RandomSecret.hash(secret), now);
        AuditEntry audit = audit("service_account.create", account.id(), List.of("name", "scopes"), now, caller);
        var added = new NewServiceAccount(account, secret);
        beforehand.accept(added);
        store.insert(account, audit);
        auditStream.happened(audit);
        return added;
    }

    private static Set<Scope> scopes(List<String> labels, Violations violations) {
        var scopes = EnumSet.noneOf(Scope.class);
        if (labels == null) {
            Usernames.missing("/scopes", violations);
            return scopes;
        }
        if (labels.isEmpty()) {
            violations.add("/scopes", "too_few", "must have at least 1 entry");
        }
        for (int i = 0; i < labels.size(); i++) {
            String pointer = "/scopes/" + i;
            Optional<Scope> scope = Optional.ofNullable(labels.get(i)).flatMap(Scope::ofLabel);
            if (scope.isPresent()) {
                scopes.add(scope.get());
            } else if (!violations.concern(pointer)) {
                violations.add(pointer, "invalid_scope", "is not a scope");
            }
        }
        return scopes;
    }

    /** @throws DomainException.ServiceAccountNotFound if there is none */
    public ServiceAccount get(UUID id) {
        Objects.requireNonNull(id, "id");
        return store.find(id).orElseThrow(DomainException.ServiceAccountNotFound::new);
    }

    /** By its name. */
    public Optional<ServiceAccount> find(String name) {
        Objects.requireNonNull(name, "name");
        return Usernames.isValid(name) ? store.findByName(name) : Optional.empty();
    }

    /** By name. */
    public Page<ServiceAccount> list(Seek<String> seek, int limit) {
        Objects.requireNonNull(seek, "seek");
        return store.list(seek, limit);
    }

    /**
     * Removes a service account: it gets no more tokens, and those that it has end.
     *
     * @throws DomainException.ServiceAccountNotFound if there is none
     */
    public void remove(UUID id, Caller caller) {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(caller, "caller");
        AuditEntry audit = audit("service_account.remove", id, List.of(), now(), caller);
        if (!store.delete(id, audit)) {
            throw new DomainException.ServiceAccountNotFound();
        }
        auditStream.happened(audit);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static AuditEntry audit(String action, UUID id, List<String> fields, Instant at, Caller caller) {
        return new AuditEntry(at, action, id.toString(), 0, fields, caller);
    }
}
