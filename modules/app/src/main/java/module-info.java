/** The program: configuration, wiring, commands. The only module that knows all the others. */
@SuppressWarnings("module") // exports to a module that is compiled later
module customerservice.app {
    exports customerservice.app.configuration to
            customerservice.testbed;
    exports customerservice.app.logging to
            java.logging; // which makes the log manager by its name
    exports customerservice.app.service to
            customerservice.testbed;

    opens customerservice.app.command to
            info.picocli; // which fills options in
    opens customerservice.app.command.check to
            info.picocli;
    opens customerservice.app.command.console to
            info.picocli;
    opens customerservice.app.command.keys to
            info.picocli;
    opens customerservice.app.command.serviceaccount to
            info.picocli;
    opens customerservice.app.command.user to
            info.picocli;

    requires customerservice.api;
    requires customerservice.persistence;
    requires info.picocli; // the command line
    requires java.logging; // which everybody's log lines come through
    requires org.slf4j.jul; // HikariCP's and Jdbi's lines into java.logging
    requires org.snakeyaml.engine; // the configuration file
}
