package customerservice.api.http;

/** Tells in an answer what is left of a limit that its request was counted against. */
@FunctionalInterface
public interface QuotaFields {

    /** @param spent what the limit gave out when the request was counted */
    void addTo(Answer answer, long spent);
}
