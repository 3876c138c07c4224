package customerservice.api.http;

/** The budgets that a caller's requests are taken from; each caller has one of each. */
public enum RateClass {
    DEFAULT,
    /** What takes much of the processor or the database, or makes guessing worth while. */
    EXPENSIVE,
    /** Nobody counts. */
    UNLIMITED
}
