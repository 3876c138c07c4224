/** A real PostgreSQL, the network before it, and patience, for the tests of every module. Never in the image. */
module customerservice.testsupport {
    // PostgreSQL's binaries, and how to start them
    requires embedded.postgres;
    requires java.logging;
    requires transitive java.sql;

    exports customerservice.testsupport;
}
