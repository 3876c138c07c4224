/** HTTP: routes, JSON, problem details, OpenAPI. Translates, decides nothing. */
module customerservice.api {
    exports customerservice.api;

    requires transitive customerservice.auth;
    requires transitive customerservice.domain;
    requires transitive customerservice.metrics;
}
