package customerservice.app.service;

import java.net.URI;

/** How this host reaches a listener of its own. */
public final class LocalAddress {

    private LocalAddress() {}

    /** Of a listener, which binds this host and port. */
    public static URI uri(boolean tls, String host, int port) {
        return URI.create((tls ? "https://" : "http://") + of(host) + ":" + port);
    }

    /**
     * For a URI.
     *
     * @param host that the listener binds; a wildcard is reached at the loopback address
     */
    static String of(String host) {
        return switch (host) {
            case "0.0.0.0" -> "127.0.0.1";
            case "::", "[::]" -> "[::1]";
            default -> host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host;
        };
    }
}
