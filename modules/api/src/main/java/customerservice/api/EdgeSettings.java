package customerservice.api;

import customerservice.api.caller.Network;
import java.net.URI;
import java.util.List;
import java.util.Locale;

/**
 * Whom the public listener believes, which web pages it lets in, and how much it takes from one caller.
 *
 * @param trustedProxies whose word on the client's address is taken, from Forwarded, X-Forwarded-For and PROXY headers
 * @param proxyProtocol whether connections must begin with a PROXY header, version 1 or 2; all others are refused, and all
 *     that come from neither a trusted proxy nor this host
 * @param corsAllowedOrigins as {@link #origin} checks them
 * @param rate requests per second of one principal, or of one address where no token is asked for; ten seconds' worth may
 *     come at once
 * @param expensiveRate the same for sign-ins and other operations that cost much, counted on their own
 */
public record EdgeSettings(
        List<Network> trustedProxies,
        boolean proxyProtocol,
        List<String> corsAllowedOrigins,
        int rate,
        int expensiveRate) {

    public EdgeSettings {
        trustedProxies = List.copyOf(trustedProxies);
        corsAllowedOrigins = List.copyOf(corsAllowedOrigins);
        corsAllowedOrigins.forEach(EdgeSettings::origin);
        if (proxyProtocol && trustedProxies.isEmpty()) {
            throw new IllegalArgumentException("the PROXY protocol needs trusted proxies to speak it");
        }
        if (rate < 1 || expensiveRate < 1) {
            throw new IllegalArgumentException("rates must be positive: " + rate + ", " + expensiveRate);
        }
    }

    /** No proxies, no other origins, and more requests than an instance of two cores can answer. */
    public static EdgeSettings defaults() {
        return new EdgeSettings(List.of(), false, List.of(), 100_000, 10);
    }

    /**
     * Checks an origin that is to be allowed (RFC 6454, section 6.1): exactly as browsers write it, with https, or with http
     * and this very host for who develops a page.
     *
     * @return the origin
     * @throws IllegalArgumentException if it could never match, or should not
     */
    public static String origin(String origin) {
        URI uri;
        try {
            uri = URI.create(origin);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("not an origin, such as https://shop.example", e);
        }
        String host = uri.getHost();
        boolean local = "http".equals(uri.getScheme()) && ("localhost".equals(host) || "127.0.0.1".equals(host));
        if (host == null || !(local || "https".equals(uri.getScheme()))) {
            throw new IllegalArgumentException("not an origin with https, such as https://shop.example");
        }
        int defaultPort = local ? 80 : 443;
        String exact = uri.getScheme() + "://" + host.toLowerCase(Locale.ROOT)
                + (uri.getPort() < 0 || uri.getPort() == defaultPort ? "" : ":" + uri.getPort());
        if (!exact.equals(origin)) {
            throw new IllegalArgumentException("browsers would write " + exact);
        }
        return origin;
    }
}
