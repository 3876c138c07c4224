/** The JVM's figures for Prometheus. */
module simpleclient.hotspot {
    requires java.logging;
    requires java.management;
    requires jdk.management;
    requires transitive simpleclient;

    exports io.prometheus.client.hotspot;
}
