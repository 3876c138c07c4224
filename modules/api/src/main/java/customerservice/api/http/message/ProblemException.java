package customerservice.api.http.message;

import customerservice.domain.Violation;
import java.util.List;

/** A request that is refused before the domain is asked. Carries no stack trace: callers bring it about at will. */
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Problem problem;
    private final transient List<Violation> errors;

    public ProblemException(Problem problem, String detail) {
        this(problem, detail, List.of());
    }

    public ProblemException(Problem problem, String detail, List<Violation> errors) {
        super(detail, null, false, false);
        this.problem = problem;
        this.errors = errors;
    }

    public static ProblemException malformed(String detail) {
        return new ProblemException(Problem.MALFORMED_REQUEST, detail);
    }

    /** @param limit of the body, in bytes */
    public static ProblemException tooLarge(long limit) {
        return new ProblemException(Problem.PAYLOAD_TOO_LARGE, "The body must be at most " + limit + " bytes.");
    }

    /** Something is wrong with a header field of the request. */
    public static ProblemException header(String name, String detail) {
        return new ProblemException(
                Problem.MALFORMED_REQUEST, name + " " + detail, List.of(new Violation(name, "invalid_header", detail)));
    }

    public Problem problem() {
        return problem;
    }

    public String detail() {
        return getMessage();
    }

    public List<Violation> errors() {
        return errors;
    }
}
