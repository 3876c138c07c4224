/** HTTP: routes, JSON, problem details, OpenAPI. Translates, decides nothing. */
@SuppressWarnings("module") // exports to modules that are compiled later
module customerservice.api {
    exports customerservice.api to
            customerservice.app;
    exports customerservice.api.caller to
            customerservice.app;
    exports customerservice.api.http.trace to
            customerservice.app;
    exports customerservice.api.operations to
            customerservice.app;
    exports customerservice.api.transport to
            customerservice.app;

    requires transitive customerservice.auth;
    requires transitive customerservice.domain;
    requires transitive customerservice.metrics;

    provides java.net.spi.InetAddressResolverProvider with
            customerservice.api.transport.NoReverseLookups;

    requires com.github.benmanes.caffeine; // remembers who has asked how much
    requires io.helidon.common.configurable; // where a certificate is
    requires io.helidon.common.features; // to keep it from printing them
    requires io.helidon.common.features.api;
    requires io.helidon.common.pki; // reads certificates and keys
    requires io.helidon.common.tls;
    requires io.helidon.service.registry; // to keep it from looking for services
    requires io.helidon.webserver;
    requires tools.jackson.core; // reads JSON
}
