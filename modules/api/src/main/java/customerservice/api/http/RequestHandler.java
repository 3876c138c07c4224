package customerservice.api.http;

import customerservice.api.http.message.ProblemException;

/** Answers requests. */
public interface RequestHandler {

    /**
     * Answers a request once; an answer that could not be sent is the connection's end.
     *
     * @throws customerservice.api.http.message.ConnectionLostException if the client cannot be answered
     */
    void handle(Request request, Answer answer);

    /**
     * Answers what is no request, or cannot be taken for one.
     *
     * @param request as far as it is known
     * @throws customerservice.api.http.message.ConnectionLostException if the client cannot be answered
     */
    void refuse(Request request, Answer answer, ProblemException problem);
}
