package customerservice.api.http;

/** Answers one request, or throws what the dispatcher makes an answer of. */
@FunctionalInterface
public interface Handler {

    void handle(Exchange exchange);
}
