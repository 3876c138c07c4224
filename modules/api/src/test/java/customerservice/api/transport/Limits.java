package customerservice.api.transport;

import customerservice.api.ApiSettings;
import customerservice.api.RunningApi;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** Settings that tests want to be smaller than usual. */
final class Limits {

    private Limits() {}

    static ApiSettings settings(int maxConcurrentRequests) {
        return settings(maxConcurrentRequests, Duration.ofSeconds(30), Duration.ofSeconds(10));
    }

    static ApiSettings settings(int maxConcurrentRequests, Duration idleTimeout, Duration requestTimeout) {
        ApiSettings usual = RunningApi.settings();
        return new ApiSettings(
                usual.host(),
                0,
                usual.managementHost(),
                0,
                maxConcurrentRequests,
                usual.maxConnections(),
                idleTimeout,
                requestTimeout,
                usual.maxBodyBytes(),
                false,
                ServerTls.none());
    }

    static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
