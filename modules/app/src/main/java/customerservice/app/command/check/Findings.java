package customerservice.app.command.check;

import customerservice.app.service.ExitCode;
import java.io.PrintWriter;

/** What a check finds, one line each, as it is found. */
final class Findings {

    private final PrintWriter out;
    private int exitCode = ExitCode.OK;

    Findings(PrintWriter out) {
        this.out = out;
    }

    void good(String what, String detail) {
        print("ok    ", what, detail);
    }

    /** The service would start with it. */
    void questionable(String what, String detail) {
        print("warn  ", what, detail);
    }

    /** The service would not start, or not serve. */
    void bad(String what, String detail) {
        bad(what, detail, ExitCode.FAILED);
    }

    /** A credential is no good, which no waiting will change. */
    void misconfigured(String what, String detail) {
        bad(what, detail, ExitCode.CONFIGURATION);
    }

    /** The gravest of all. */
    int exitCode() {
        return exitCode;
    }

    private void bad(String what, String detail, int code) {
        print("FAILED", what, detail);
        exitCode = Math.max(exitCode, code);
    }

    private void print(String outcome, String what, String detail) {
        out.println(outcome + " " + what + ": " + detail);
    }
}
