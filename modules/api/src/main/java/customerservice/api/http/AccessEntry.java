package customerservice.api.http;

import java.util.Objects;

/**
 * One request as it was answered. Holds neither query nor body, and of the header fields none that may carry
 * personal data.
 *
 * @param route the template that matched, such as {@code /v1/customers/{id}}, or {@code unmatched}
 * @param path as received, percent-encoded, without query
 * @param nanos from the end of the request's head to the end of the answer
 * @param bytes of the answer's body as sent
 * @param trace that the caller says it belongs to
 * @param principal the authenticated user's id, or empty
 * @param clientAddress IP address of the connection's other end, or of whom trusted proxies say they speak for
 */
public record AccessEntry(
        String method,
        String route,
        String path,
        int status,
        long nanos,
        long bytes,
        String requestId,
        TraceContext trace,
        String principal,
        String clientAddress) {

    public AccessEntry {
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(route, "route");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(requestId, "requestId");
        Objects.requireNonNull(trace, "trace");
        Objects.requireNonNull(principal, "principal");
        Objects.requireNonNull(clientAddress, "clientAddress");
    }
}
