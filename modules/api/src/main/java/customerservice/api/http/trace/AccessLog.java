package customerservice.api.http.trace;

/** Takes one entry for each answered request. Must not throw and must not wait: it is called by the request's thread. */
public interface AccessLog {

    /** Whether entries are wanted at all; where not, none is made. */
    boolean enabled();

    void record(AccessEntry entry);
}
