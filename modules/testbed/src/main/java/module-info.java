/** A real PostgreSQL and the whole service in one JVM, for tests and for development. Never in the image. */
module customerservice.testbed {
    requires customerservice.app;
}
