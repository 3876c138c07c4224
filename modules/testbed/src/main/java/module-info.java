/** A real PostgreSQL and the whole service in one JVM, for tests and for development. Never in the image. */
module customerservice.testbed {
    // what is tested and developed
    requires customerservice.app;
    requires transitive customerservice.auth;
    requires transitive customerservice.domain;
    requires transitive customerservice.persistence;
    // PostgreSQL
    requires transitive customerservice.testsupport;
    // recompiles what changes during development
    requires java.compiler;
    requires java.logging;
    requires transitive java.net.http;
    requires transitive java.sql;

    requires tools.jackson.core; // reads answers

    exports customerservice.testbed;
}
