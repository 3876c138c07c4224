/** Caffeine's figures for Prometheus. */
module simpleclient.caffeine {
    requires transitive com.github.benmanes.caffeine;
    requires transitive simpleclient;

    exports io.prometheus.client.cache.caffeine;
}
