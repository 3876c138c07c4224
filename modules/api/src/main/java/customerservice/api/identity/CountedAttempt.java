package customerservice.api.identity;

import customerservice.auth.HashingBusyException;
import customerservice.auth.InvalidCredentialsException;
import customerservice.auth.AttemptDelayedException;
import customerservice.metrics.AuthMetrics;
import java.util.function.Supplier;

/** Counts attempts to prove a password by how they ended. */
final class CountedAttempt {

    private CountedAttempt() {}

    static <T> T of(AuthMetrics metrics, Supplier<T> attempt) {
        try {
            return attempt.get();
        } catch (InvalidCredentialsException e) {
            metrics.attempt("failure");
            throw e;
        } catch (HashingBusyException e) {
            metrics.attempt("busy");
            throw e;
        } catch (AttemptDelayedException e) {
            metrics.attempt("delayed");
            throw e;
        }
    }
}
