package customerservice.api;

/** Answers one request, or throws what {@link Errors} makes an answer of. */
@FunctionalInterface
interface Handler {

    void handle(Exchange exchange);
}
