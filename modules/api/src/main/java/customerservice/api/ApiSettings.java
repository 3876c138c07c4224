package customerservice.api;

import customerservice.api.transport.ListenAddress;
import customerservice.api.transport.ServerTls;
import java.util.Objects;

/**
 * Where the server listens, and how it serves.
 *
 * @param address of the public listener
 * @param managementAddress of the listener for metrics and health
 * @param limits of requests, connections and time
 * @param requireIfMatch whether PUT, PATCH and DELETE of a customer without If-Match are answered 428
 * @param tls of the public listener
 * @param publicUrl by which clients reach the public listener, such as {@code https://api.example.com}, without a slash
 *     at its end; empty if each request says itself by what name it came
 * @param edge whom that listener believes, and what it lets them do
 */
public record ApiSettings(
        ListenAddress address,
        ListenAddress managementAddress,
        ApiLimits limits,
        boolean requireIfMatch,
        ServerTls tls,
        String publicUrl,
        EdgeSettings edge) {

    public ApiSettings {
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(managementAddress, "managementAddress");
        Objects.requireNonNull(limits, "limits");
        Objects.requireNonNull(tls, "tls");
        Objects.requireNonNull(publicUrl, "publicUrl");
        Objects.requireNonNull(edge, "edge");
    }

    /**
     * Public on {@code 0.0.0.0:8080}, management on {@code 127.0.0.1:8081}, in clear, without a public URL; limits for one
     * instance of two cores.
     */
    static ApiSettings defaults() {
        return new ApiSettings(
                new ListenAddress("0.0.0.0", 8080),
                new ListenAddress("127.0.0.1", 8081),
                ApiLimits.defaults(),
                false,
                ServerTls.none(),
                "",
                EdgeSettings.defaults());
    }

    ApiSettings withAddress(ListenAddress other) {
        return new ApiSettings(other, managementAddress, limits, requireIfMatch, tls, publicUrl, edge);
    }

    ApiSettings withManagementAddress(ListenAddress other) {
        return new ApiSettings(address, other, limits, requireIfMatch, tls, publicUrl, edge);
    }

    public ApiSettings withLimits(ApiLimits other) {
        return new ApiSettings(address, managementAddress, other, requireIfMatch, tls, publicUrl, edge);
    }

    public ApiSettings withIfMatchRequired() {
        return new ApiSettings(address, managementAddress, limits, true, tls, publicUrl, edge);
    }

    public ApiSettings withEdge(EdgeSettings other) {
        return new ApiSettings(address, managementAddress, limits, requireIfMatch, tls, publicUrl, other);
    }
}
