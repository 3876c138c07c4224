package customerservice.app.command.check;

import customerservice.app.command.console.RunningInstance;
import customerservice.app.service.Causes;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;

/** Whether an address can be listened on; one at which an instance of the service already does is fine. */
final class ListenerCheck {

    private static final Duration LIMIT = Duration.ofSeconds(2);

    private ListenerCheck() {}

    static void run(String name, boolean tls, String host, int port, Findings findings) {
        String address = host + " port " + (port == 0 ? "any" : String.valueOf(port));
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(host, port));
            findings.good(name, address + " is free");
        } catch (IOException e) {
            if (port != 0 && serviceAnswers(tls, host, port)) {
                findings.good(name, address + " is in use by a running instance");
            } else {
                findings.bad(name, address + " cannot be listened on: " + Causes.innermost(e));
            }
        }
    }

    private static boolean serviceAnswers(boolean tls, String host, int port) {
        try {
            RunningInstance.Answer answer = new RunningInstance(tls, host, port).get("/health/live", LIMIT);
            return answer.status() == HttpURLConnection.HTTP_OK && answer.body().startsWith("{\"status\":\"UP\"");
        } catch (IOException e) {
            return false;
        }
    }
}
