/** PostgreSQL behind the domain's ports: pool, SQL, schema, cache. */
module customerservice.persistence {
    requires transitive customerservice.domain;
}
