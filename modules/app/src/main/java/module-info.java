/** The program: configuration, wiring, commands. The only module that knows all the others. */
module customerservice.app {
    exports customerservice.app;
    exports customerservice.app.configuration;

    requires customerservice.api;
    requires customerservice.persistence;
    requires org.snakeyaml.engine; // the configuration file
}
