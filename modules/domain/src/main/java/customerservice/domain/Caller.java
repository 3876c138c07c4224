package customerservice.domain;

import java.util.Objects;

/**
 * Who asks for a change, and in which request; what the audit trail says about it.
 *
 * @param actor the user's or service account's id, or {@code system} for a command on the host
 * @param requestId of the HTTP request, or of the command
 * @param sourceAddress the client's IP address in text form, or {@code local}
 */
public record Caller(String actor, String requestId, String sourceAddress) {

    public Caller {
        Objects.requireNonNull(actor, "actor");
        Objects.requireNonNull(requestId, "requestId");
        Objects.requireNonNull(sourceAddress, "sourceAddress");
    }
}
