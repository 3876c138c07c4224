/** What the service tells Prometheus. */
module customerservice.metrics {
    exports customerservice.metrics;

    requires transitive com.github.benmanes.caffeine; // whose caches are observed
    requires transitive simpleclient; // the registry, for collectors of other libraries
    requires simpleclient.caffeine;
    requires simpleclient.common; // the text format
    requires simpleclient.hotspot;

    // simpleclient.hotspot looks its beans up by name.
    requires java.management;
    requires jdk.management;
}
