package customerservice.app.service;

/** What the program's exit status means to scripts and to systemd. 143 (128 + SIGTERM) is the JVM's after a SIGTERM. */
public final class ExitCode {

    public static final int OK = 0;

    /** What was asked for could not be done, or is not so; standard error says why. */
    public static final int FAILED = 1;

    /** The command line was wrong. */
    public static final int USAGE = 2;

    /** The configuration or a credential is wrong: EX_CONFIG of sysexits.h. Trying again would not help. */
    public static final int CONFIGURATION = 78;

    private ExitCode() {}
}
