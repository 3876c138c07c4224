package customerservice.app;

/** How this host reaches a listener of its own. */
public final class LocalAddress {

    private LocalAddress() {}

    /**
     * For a URI.
     *
     * @param host that the listener binds; a wildcard is reached at the loopback address
     */
    public static String of(String host) {
        return switch (host) {
            case "0.0.0.0" -> "127.0.0.1";
            case "::", "[::]" -> "[::1]";
            default -> host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host;
        };
    }
}
