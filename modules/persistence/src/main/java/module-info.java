/** PostgreSQL behind the domain's ports: pool, SQL, schema, cache. */
module customerservice.persistence {
    exports customerservice.persistence;

    requires transitive customerservice.domain;
    // the cache and the pool show their own figures to whoever collects metrics
    requires transitive com.github.benmanes.caffeine;
    requires transitive com.zaxxer.hikari;
    requires java.sql;
}
