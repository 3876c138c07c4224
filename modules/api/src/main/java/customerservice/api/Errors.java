package customerservice.api;

import customerservice.api.caller.BearerToken;
import customerservice.api.http.Exchange;
import customerservice.api.http.message.Field;
import customerservice.api.http.message.FieldName;
import customerservice.api.http.message.Problem;
import customerservice.api.http.message.ProblemException;
import customerservice.api.identity.OAuthError;
import customerservice.api.identity.OAuthErrorException;
import customerservice.api.json.JsonOutput;
import customerservice.api.json.MalformedJsonException;
import customerservice.auth.AttemptDelayedException;
import customerservice.auth.AuthException;
import customerservice.auth.HashingBusyException;
import customerservice.auth.InvalidClientException;
import customerservice.auth.InvalidCredentialsException;
import customerservice.auth.InvalidGrantException;
import customerservice.auth.InvalidScopeException;
import customerservice.auth.InvalidTokenException;
import customerservice.domain.DomainException;
import customerservice.domain.DomainException.ActorRevoked;
import customerservice.domain.DomainException.ConcurrentChange;
import customerservice.domain.DomainException.CustomerNotFound;
import customerservice.domain.DomainException.DuplicateEmail;
import customerservice.domain.DomainException.DuplicateServiceAccount;
import customerservice.domain.DomainException.DuplicateUsername;
import customerservice.domain.DomainException.IdempotencyKeyInUse;
import customerservice.domain.DomainException.IdempotencyKeyReused;
import customerservice.domain.DomainException.InvalidInput;
import customerservice.domain.DomainException.LastAdmin;
import customerservice.domain.DomainException.ServiceAccountNotFound;
import customerservice.domain.DomainException.StoreBusy;
import customerservice.domain.DomainException.StoreUnavailable;
import customerservice.domain.DomainException.UserNotFound;
import customerservice.domain.DomainException.VersionMismatch;
import customerservice.domain.Violation;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;

/** The one place where what went wrong becomes an answer. */
final class Errors {

    private static final System.Logger LOG = System.getLogger(Errors.class.getName());

    private Errors() {}

    static void answer(Exchange exchange, Throwable thrown) {
        // Whoever refuses a request may have gathered fields for the refusal; any others were meant for a better answer.
        if (!(thrown instanceof ProblemException)) {
            exchange.answer().clear();
        }
        switch (thrown) {
            case ProblemException e -> {
                if (e.problem() == Problem.OVERLOADED) {
                    exchange.answer().field(FieldName.RETRY_AFTER, "1");
                }
                send(exchange, e.problem(), e.detail(), e.errors());
            }
            case OAuthErrorException e -> e.error().answer(exchange, e.description());
            case MalformedJsonException e -> send(exchange, Problem.MALFORMED_JSON, "The body " + e.getMessage() + ".",
                    List.of(new Violation(e.pointer(), "malformed", e.getMessage())));
            case DomainException e -> domain(exchange, e);
            case AuthException e -> auth(exchange, e);
            default -> internal(exchange, thrown);
        }
    }

    private static void domain(Exchange exchange, DomainException thrown) {
        switch (thrown) {
            case InvalidInput e -> send(exchange, Problem.VALIDATION, "", e.violations());
            case CustomerNotFound _ -> send(exchange, Problem.NOT_FOUND, "There is no such customer.");
            case DuplicateEmail _ -> send(exchange, Problem.DUPLICATE_EMAIL, "",
                    List.of(new Violation("/email", "duplicate", "is in use by another customer")));
            case VersionMismatch _ -> send(exchange, Problem.VERSION_MISMATCH, "Get the customer again.");
            case ConcurrentChange _ -> send(exchange, Problem.CONCURRENT_CHANGE, "Trying again is safe.");
            case IdempotencyKeyReused _ -> send(exchange, Problem.IDEMPOTENCY_KEY_REUSED, "Use a new key.");
            case IdempotencyKeyInUse _ -> {
                exchange.answer().field(FieldName.RETRY_AFTER, "1");
                send(exchange, Problem.IDEMPOTENCY_KEY_IN_USE, "Trying again is safe.");
            }
            case DuplicateUsername _ -> send(exchange, Problem.CONFLICT, "Another user has this name.");
            case DuplicateServiceAccount _ ->
                send(exchange, Problem.CONFLICT, "Another service account has this name.");
            case LastAdmin _ -> send(exchange, Problem.LAST_ADMIN, "Make another user an admin first.");
            case UserNotFound _ -> send(exchange, Problem.NOT_FOUND, "There is no such user.");
            case ServiceAccountNotFound _ -> send(exchange, Problem.NOT_FOUND, "There is no such service account.");
            case ActorRevoked _ -> invalidToken(exchange);
            case StoreBusy e -> retryLater(exchange, Problem.OVERLOADED, "", e.retryAfter());
            case StoreUnavailable e ->
                retryLater(
                        exchange,
                        Problem.UNAVAILABLE,
                        e.isReached()
                                ? "The database cannot use its disks: they are full, or fail."
                                : "The database cannot be reached.",
                        e.retryAfter());
        }
    }

    private static void auth(Exchange exchange, AuthException thrown) {
        switch (thrown) {
            case InvalidTokenException _ -> invalidToken(exchange);
            case InvalidCredentialsException _ -> {
                // RFC 9110, section 15.5.2, has no 401 without a challenge. Basic would make browsers ask.
                exchange.answer().field(FieldName.WWW_AUTHENTICATE, BearerToken.CHALLENGE);
                exchange.answer().field(Field.NO_STORE);
                send(exchange, Problem.INVALID_CREDENTIALS, "");
            }
            case InvalidClientException _ ->
                OAuthError.INVALID_CLIENT.answer(exchange, "the client is unknown or its secret is wrong");
            case InvalidGrantException _ ->
                OAuthError.INVALID_GRANT.answer(exchange, "the refresh token is not valid; sign in again");
            case InvalidScopeException _ ->
                OAuthError.INVALID_SCOPE.answer(exchange, "a scope is unknown or not granted");
            case HashingBusyException e -> retryLater(exchange, Problem.TOO_MANY_REQUESTS, "", e.retryAfter());
            case AttemptDelayedException e -> retryLater(exchange, Problem.TOO_MANY_REQUESTS, "", e.retryAfter());
        }
    }

    private static void invalidToken(Exchange exchange) {
        exchange.answer().field(FieldName.WWW_AUTHENTICATE, BearerToken.CHALLENGE + ", error=\"invalid_token\"");
        send(exchange, Problem.UNAUTHORIZED, "The access token is not valid.");
    }

    private static void internal(Exchange exchange, Throwable thrown) {
        LOG.log(
                Level.ERROR,
                "Request " + exchange.requestId() + " failed: " + exchange.method() + " "
                        + exchange.resource().template(),
                thrown);
        send(exchange, Problem.INTERNAL, "");
    }

    private static void retryLater(Exchange exchange, Problem problem, String detail, Duration after) {
        exchange.answer().field(FieldName.RETRY_AFTER, Long.toString(Math.max(1, after.plusMillis(999).toSeconds())));
        send(exchange, problem, detail);
    }

    private static void send(Exchange exchange, Problem problem, String detail) {
        send(exchange, problem, detail, List.of());
    }

    private static void send(Exchange exchange, Problem problem, String detail, List<Violation> errors) {
        JsonOutput out = exchange.answer().json();
        problem.write(detail, errors, exchange.requestId(), out);
        exchange.answer().field(Field.PROBLEM_JSON);
        exchange.send(problem.status(), out);
    }
}
