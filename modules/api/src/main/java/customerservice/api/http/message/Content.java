package customerservice.api.http.message;

/** The content of a request, which comes when it is read, once, from front to back. */
public interface Content {

    /** As announced, in bytes; 0 if there is none, -1 if it tells its length only by its end. */
    long length();

    /**
     * Bounds it. To be called before it is read.
     *
     * @throws ProblemException if it is announced to be larger (413)
     */
    void limit(long bytes);

    /**
     * Waits for a part of it, and asks a client that waits to be asked (RFC 9110, section 10.1.1).
     *
     * @param length at least 1
     * @return how many bytes; -1 at its end
     * @throws ProblemException if it is malformed (400) or larger than its limit (413)
     * @throws ConnectionLostException if it does not come, or not in time
     */
    int read(byte[] into, int from, int length);
}
