package customerservice.app.command.console;

import customerservice.app.service.LocalAddress;
import customerservice.app.service.UncheckedTls;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.ssl.HttpsURLConnection;

/** A listener of the instance that may be running on this host, as another process asks it. */
public final class RunningInstance {

    private static final int LONGEST_ANSWER = 4_096;

    private final URI address;

    /** @param host that the listener binds */
    public RunningInstance(boolean tls, String host, int port) {
        this.address = LocalAddress.uri(tls, host, port);
    }

    /**
     * What it says.
     *
     * @param body on one line, its beginning if it is long
     */
    public record Answer(int status, String body) {}

    /** Where a path is. */
    public URI resolve(String path) {
        return address.resolve(path);
    }

    /**
     * Asks it.
     *
     * @param limit for the connection, and again for the answer
     * @throws IOException if there is no answer
     */
    public Answer get(String path, Duration limit) throws IOException {
        var connection = (HttpURLConnection) resolve(path).toURL().openConnection(Proxy.NO_PROXY);
        if (connection instanceof HttpsURLConnection secure) {
            secure.setSSLSocketFactory(UncheckedTls.sockets());
            secure.setHostnameVerifier((name, session) -> true);
        }
        connection.setInstanceFollowRedirects(false);
        connection.setConnectTimeout((int) limit.toMillis());
        connection.setReadTimeout((int) limit.toMillis());
        try {
            int status = connection.getResponseCode();
            InputStream body = status < HttpURLConnection.HTTP_BAD_REQUEST
                    ? connection.getInputStream()
                    : connection.getErrorStream();
            return new Answer(status, body == null ? "" : oneLine(body.readNBytes(LONGEST_ANSWER)));
        } finally {
            connection.disconnect();
        }
    }

    private static String oneLine(byte[] body) {
        var line = new StringBuilder(new String(body, StandardCharsets.UTF_8));
        for (int i = 0; i < line.length(); i++) {
            if (Character.isISOControl(line.charAt(i))) {
                line.setCharAt(i, ' ');
            }
        }
        return line.toString();
    }
}
