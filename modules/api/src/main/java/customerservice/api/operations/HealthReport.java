package customerservice.api.operations;

import java.util.List;

/** What the rest of the program knows about its health; the server adds whether it is draining. */
public interface HealthReport {

    /** About this instance only, from memory: asked by the load balancer every few seconds. */
    List<HealthCheck> ready();

    /** About everything that it depends on. May take up to a second; asked at most once at a time and once a second. */
    List<HealthCheck> deep();
}
