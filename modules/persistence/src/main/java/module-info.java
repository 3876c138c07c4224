/** PostgreSQL behind the domain's ports: pool, SQL, schema, cache. */
@SuppressWarnings("module") // exports to modules that are compiled later
module customerservice.persistence {
    exports customerservice.persistence to
            customerservice.app, customerservice.testbed;
    exports customerservice.persistence.connection to
            customerservice.app, customerservice.testbed;
    exports customerservice.persistence.schema to
            customerservice.app, customerservice.testbed;

    requires transitive customerservice.domain;
    // the cache and the pool show their own figures to whoever collects metrics
    requires transitive com.github.benmanes.caffeine;
    requires transitive com.zaxxer.hikari;
    requires java.sql;
    // the driver's DataSource interface names it
    requires java.logging;
    requires org.jdbi.v3.core;
    requires org.postgresql.jdbc;
    // annotations on the driver's classes, for the compiler alone
    requires static org.checkerframework.checker.qual;
    // jsonb columns
    requires tools.jackson.core;
    // migrations only
    requires liquibase.core;
}
