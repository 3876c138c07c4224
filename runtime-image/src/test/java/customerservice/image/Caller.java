package customerservice.image;

import java.io.IOException;

/** A client that sends requests one after the other on one connection, and reads every answer to its end. */
interface Caller extends AutoCloseable {

    /** @return the status */
    int call(String method, String path, String body, String... fields) throws IOException;

    /** How the last answer's body begins. */
    String beginning();

    @Override
    void close();

    static String mediaType(String method) {
        return method.equals("PATCH") ? "application/merge-patch+json" : "application/json";
    }
}
