package customerservice.api.operations;

import customerservice.api.http.message.Problem;

/**
 * What a type of problem means to whoever meets it. Text without markup, and without characters that HTML would want
 * escaped.
 *
 * @param cause when it happens
 * @param remedy what the client can do
 */
record ProblemExplanation(String cause, String remedy) {

    static ProblemExplanation of(Problem problem) {
        return switch (problem) {
            case MALFORMED_REQUEST -> new ProblemExplanation(
                    "The request is not well-formed HTTP, or one of its header fields is not.",
                    "Correct the request; errors names the header field where it is one. The same request fails again.");
            case MALFORMED_JSON -> new ProblemExplanation(
                    "The body is not well-formed JSON (RFC 8259), is not an object, or names a field twice.",
                    "Correct the body; errors says where.");
            case INVALID_PARAMETER -> new ProblemExplanation(
                    "A query parameter is unknown, given twice or out of its bounds, or a cursor is of another list.",
                    "Correct the parameters that errors names. Take cursors from next and prev of the same list and order.");
            case UNAUTHORIZED -> new ProblemExplanation(
                    "The request has no access token, or one that has expired, was revoked or is not of this service.",
                    "Get a new token, by the refresh token or by signing in, and send it as Authorization: Bearer.");
            case INVALID_CREDENTIALS -> new ProblemExplanation(
                    "No active user has this name and this password. Which of them is wrong is not told.",
                    "Ask for name and password again. After several failures the next attempts have to wait.");
            case INSUFFICIENT_SCOPE -> new ProblemExplanation(
                    "The access token is valid, but has not the scope that the operation needs.",
                    "Use a token with the scope that detail and WWW-Authenticate name; roles and service accounts decide it.");
            case NOT_FOUND -> new ProblemExplanation(
                    "Nothing is at this path, or what was there has been removed or erased.",
                    "Check path and id. An erased customer does not come back.");
            case METHOD_NOT_ALLOWED -> new ProblemExplanation(
                    "The resource exists, but has no such method.",
                    "Use one of those that Allow names. Methods are case-sensitive.");
            case NOT_ACCEPTABLE -> new ProblemExplanation(
                    "The answer has no form that Accept allows.",
                    "Accept the media type that detail names, or leave the field out.");
            case DUPLICATE_EMAIL -> new ProblemExplanation(
                    "Another customer has this email address, in whatever case. Which one is not told.",
                    "Use another address, or look for the customer that has it.");
            case CONCURRENT_CHANGE -> new ProblemExplanation(
                    "Others kept changing the same thing while the request was made.",
                    "Send the request again; nothing was changed by it.");
            case IDEMPOTENCY_KEY_IN_USE -> new ProblemExplanation(
                    "The first request with this Idempotency-Key is still running.",
                    "Send the request again after Retry-After; it gets the answer of the first one.");
            case CONFLICT -> new ProblemExplanation(
                    "Something that exists already is in the way, such as a user or service account of the same name.",
                    "Choose another name, or change what exists.");
            case LAST_ADMIN -> new ProblemExplanation(
                    "Without this user there would be no active admin.",
                    "Make another user an admin first.");
            case VERSION_MISMATCH -> new ProblemExplanation(
                    "If-Match does not name the current entity tag, or If-None-Match of a change names it: somebody "
                            + "else was faster.",
                    "Get the resource again, see what has changed, and repeat the request with the new ETag.");
            case PAYLOAD_TOO_LARGE -> new ProblemExplanation(
                    "The body is larger than this instance takes, 64 KiB by default.",
                    "Send a smaller body.");
            case URI_TOO_LONG -> new ProblemExplanation(
                    "The request line is longer than 8 KiB.",
                    "Shorten path and query.");
            case UNSUPPORTED_MEDIA_TYPE -> new ProblemExplanation(
                    "The body is of another media type than the operation takes, or is encoded.",
                    "Set Content-Type as the description of the API has it, and send the body without Content-Encoding.");
            case RANGE_NOT_SATISFIABLE -> new ProblemExplanation(
                    "Range asks for bytes behind the end.",
                    "Content-Range tells the length; ask for less, or leave the field out.");
            case VALIDATION -> new ProblemExplanation(
                    "The body is well-formed, and breaks rules: a field is missing, unknown or out of its bounds.",
                    "Correct the fields that errors names; it has all of them at once.");
            case IDEMPOTENCY_KEY_REUSED -> new ProblemExplanation(
                    "The Idempotency-Key came before, within 24 hours, with another body.",
                    "Use a new key for each new request.");
            case PRECONDITION_REQUIRED -> new ProblemExplanation(
                    "This instance wants If-Match on every change, so that no change is overwritten unseen.",
                    "Send If-Match with the ETag of the version that is meant.");
            case TOO_MANY_REQUESTS -> new ProblemExplanation(
                    "The caller has used up its budget, too many sign-ins with this name or from this network have "
                            + "failed, or more sign-ins come than this instance takes on.",
                    "Wait for as long as Retry-After says. RateLimit tells what is left.");
            case HEADERS_TOO_LARGE -> new ProblemExplanation(
                    "The header fields are larger than 16 KiB together.",
                    "Send fewer or shorter ones.");
            case INTERNAL -> new ProblemExplanation(
                    "A fault of the service.",
                    "Tell those who run the service the value of instance: their log has the cause under it.");
            case OVERLOADED -> new ProblemExplanation(
                    "More requests come than this instance takes on. Nothing was done.",
                    "Send the request again after Retry-After, with growing pauses if it keeps failing.");
            case UNAVAILABLE -> new ProblemExplanation(
                    "The database cannot be reached, or has no room left.",
                    "Send the request again after Retry-After. With an Idempotency-Key that is safe for creations, too.");
        };
    }
}
