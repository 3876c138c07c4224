/** What the service tells Prometheus. */
module customerservice.metrics {
}
