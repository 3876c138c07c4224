/** The program: configuration, wiring, commands. The only module that knows all the others. */
module customerservice.app {
    requires customerservice.api;
    requires customerservice.persistence;
}
