package customerservice.api;

/** Whether the server is on its way out: still answering, but not asking for more. */
final class Drain {

    private volatile boolean begun;

    void begin() {
        begun = true;
    }

    boolean hasBegun() {
        return begun;
    }
}
