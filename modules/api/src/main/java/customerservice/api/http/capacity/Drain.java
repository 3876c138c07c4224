package customerservice.api.http.capacity;

/** Whether the server is on its way out: still answering, but not asking for more. */
public final class Drain {

    private volatile boolean begun;

    public void begin() {
        begun = true;
    }

    public boolean hasBegun() {
        return begun;
    }
}
