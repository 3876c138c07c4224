/** A real PostgreSQL and the whole service in one JVM, for tests and for development. Never in the image. */
module customerservice.testbed {
    // what is tested and developed
    requires customerservice.app;
    // PostgreSQL's binaries, and how to start them
    requires embedded.postgres;
    requires java.logging;
    requires transitive java.sql;

    exports customerservice.testbed;
}
