package customerservice.persistence.change;

/**
 * How far changes have been told.
 *
 * @param snapshot which transactions had been committed ({@code pg_snapshot})
 * @param serverMillis when, by the server's clock: the only one that goes on while this process, or its machine, is held
 */
record Position(String snapshot, long serverMillis) {}
