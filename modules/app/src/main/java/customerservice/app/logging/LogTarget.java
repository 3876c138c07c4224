package customerservice.app.logging;

/**
 * Where lines go, and what they look like there.
 *
 * @param priorities whether each line begins with its priority as in sd-daemon(3)
 */
record LogTarget(LogOutput output, LineFormat format, boolean priorities) {}
