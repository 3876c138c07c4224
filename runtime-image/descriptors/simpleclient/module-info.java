/** The Prometheus client. */
module simpleclient {
    exports io.prometheus.client;
    exports io.prometheus.client.exemplars;
}
