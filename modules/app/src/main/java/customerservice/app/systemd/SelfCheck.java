package customerservice.app.systemd;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Objects;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import javax.net.ssl.SSLSocketFactory;

/**
 * Whether this process still serves: it sends itself a real request and wants it answered in time.
 *
 * <p>When the public listener does not answer, it may be hung or merely full of connections. It is taken for full, and so
 * for alive, if the management listener answers and others' requests have been answered since the last check: a restart
 * would help nobody then.
 */
public final class SelfCheck {

    private static final byte[] REQUEST = "GET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
            .getBytes(StandardCharsets.US_ASCII);
    /** A PROXY header, version 2, by which one speaks for nobody but oneself. */
    private static final byte[] LOCAL_PROXY = HexFormat.of().parseHex("0d0a0d0a000d0a515549540a20000000");
    private static final byte[] GOOD_ANSWER = "HTTP/1.1 200 ".getBytes(StandardCharsets.US_ASCII);

    private final URI service;
    private final URI management;
    private final boolean proxyProtocol;
    private final LongSupplier answered;
    private final Duration limit;
    private final Supplier<SSLSocketFactory> tls;
    private long answeredBefore;

    /**
     * @param proxyProtocol whether connections to the service begin with a PROXY header
     * @param answered how many requests the public listener has answered, without counting such checks
     * @param limit for one listener
     * @param tls for a listener whose address begins with https
     */
    public SelfCheck(
            URI service,
            URI management,
            boolean proxyProtocol,
            LongSupplier answered,
            Duration limit,
            Supplier<SSLSocketFactory> tls) {
        this.service = Objects.requireNonNull(service, "service");
        this.management = Objects.requireNonNull(management, "management");
        this.proxyProtocol = proxyProtocol;
        this.answered = Objects.requireNonNull(answered, "answered");
        this.limit = Objects.requireNonNull(limit, "limit");
        this.tls = Objects.requireNonNull(tls, "tls");
    }

    /** Takes twice the limit at most. */
    public boolean passes() {
        long now = answered.getAsLong();
        boolean progress = now != answeredBefore;
        answeredBefore = now;
        return answers(service, proxyProtocol) || (progress && answers(management, false));
    }

    private boolean answers(URI address, boolean proxied) {
        long deadline = System.nanoTime() + limit.toNanos();
        try (var plain = new Socket(); Socket socket = connected(plain, address, proxied, deadline)) {
            socket.getOutputStream().write(REQUEST);
            InputStream in = socket.getInputStream();
            for (byte expected : GOOD_ANSWER) {
                socket.setSoTimeout(millisUntil(deadline));
                if (in.read() != expected) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private Socket connected(Socket plain, URI address, boolean proxied, long deadline) throws IOException {
        plain.connect(new InetSocketAddress(address.getHost(), address.getPort()), millisUntil(deadline));
        plain.setSoTimeout(millisUntil(deadline));
        if (proxied) {
            plain.getOutputStream().write(LOCAL_PROXY);
        }
        return address.getScheme().equals("https")
                ? tls.get().createSocket(plain, address.getHost(), address.getPort(), true)
                : plain;
    }

    /** At least 1: zero would mean for ever. */
    private static int millisUntil(long deadline) {
        return (int) Math.max(1, (deadline - System.nanoTime()) / 1_000_000);
    }
}
