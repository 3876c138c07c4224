package customerservice.api.operations;

import customerservice.api.http.Access;
import customerservice.api.http.Cursors;
import customerservice.api.http.Exchange;
import customerservice.api.http.Paging;
import customerservice.api.http.Route;
import customerservice.api.http.Uuids;
import customerservice.api.http.message.HttpMethod;
import customerservice.api.http.message.MediaTypes;
import customerservice.api.http.message.QueryParameters;
import customerservice.domain.audit.AuditQuery;
import customerservice.domain.audit.AuditReader;
import customerservice.domain.audit.AuditRecord;
import customerservice.domain.identity.Scope;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** The audit trail. Looking at it is not itself in it: the access log has who looked. */
public final class AuditResource {

    static final String PATH = "/v1/audit";

    private static final String ACTOR = "actor";
    private static final String ACTION = "action";
    private static final String SUBJECT = "subject";
    private static final String FROM = "from";
    private static final String TO = "to";
    private static final Set<String> PARAMETERS = Set.of(
            Paging.LIMIT, Paging.AFTER, Paging.BEFORE, ACTOR, ACTION, SUBJECT, FROM, TO);

    /** More than any name or id has that the trail holds. */
    private static final int MAX_TEXT = 255;

    private final AuditReader log;

    public AuditResource(AuditReader log) {
        this.log = log;
    }

    public Route route() {
        return Route.of(HttpMethod.GET, PATH, Access.scope(Scope.AUDIT_READ), this::list);
    }

    private void list(Exchange exchange) {
        exchange.accepts(MediaTypes.JSON);
        QueryParameters parameters = exchange.query(PARAMETERS);
        Paging.send(
                exchange,
                parameters,
                log.list(query(parameters)),
                AuditJson::write,
                (AuditRecord line) -> Cursors.of(line.position()));
    }

    private static AuditQuery query(QueryParameters parameters) {
        Optional<String> actor = text(parameters, ACTOR);
        Optional<String> action = text(parameters, ACTION);
        Optional<String> subject = text(parameters, SUBJECT);
        Optional<Instant> from = parameters.time(FROM);
        Optional<Instant> to = parameters.time(TO);
        int limit = Paging.limit(parameters);
        var seek = Paging.seek(parameters, Cursors::auditPosition);
        parameters.throwIfAny();
        return new AuditQuery(actor, action, subject, from, to, seek, limit);
    }

    private static Optional<String> text(QueryParameters parameters, String name) {
        return parameters.get(
                name, AuditResource::visible, "invalid_" + name,
                "must be 1 to " + MAX_TEXT + " visible ASCII characters");
    }

    private static Optional<String> visible(String text) {
        boolean fits = !text.isEmpty() && text.length() <= MAX_TEXT
                && text.chars().allMatch(c -> c > ' ' && c < 0x7F);
        return fits ? Optional.of(Uuids.canonical(text)) : Optional.empty();
    }
}
