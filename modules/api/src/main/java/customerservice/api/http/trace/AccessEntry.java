package customerservice.api.http.trace;

import customerservice.domain.Caller;
import java.util.Objects;

/**
 * One request as it was answered. Holds neither query nor body, and of the header fields none that may carry
 * personal data.
 *
 * @param route the template that matched, such as {@code /v1/customers/{id}}, or {@code unmatched}
 * @param path as received, percent-encoded, without query
 * @param nanos from the end of the request's head to the end of the answer
 * @param bytes of the answer's body as sent
 * @param caller whose actor is empty without a valid token, and whose address is that of the connection's other end, or
 *     of whom trusted proxies say they speak for
 * @param trace that the caller says it belongs to
 */
public record AccessEntry(
        String method,
        String route,
        String path,
        int status,
        long nanos,
        long bytes,
        Caller caller,
        TraceContext trace) {

    public AccessEntry {
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(route, "route");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(caller, "caller");
        Objects.requireNonNull(trace, "trace");
    }
}
