package customerservice.api.http;

/** Adds fields to every answer, just before it is sent. */
@FunctionalInterface
public interface AnswerFields {

    void addTo(Exchange exchange);
}
