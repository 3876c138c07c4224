package customerservice.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bodies that look like a request are never served as one, whatever the answer to their own request is. */
@Tag("attack")
@Timeout(120)
class SmugglingIT {

    private static final String HIDDEN = "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final String CHUNKED = Integer.toHexString(HIDDEN.length()) + "\r\n" + HIDDEN + "\r\n0\r\n\r\n";

    private static AttackSite site;

    @BeforeAll
    static void start() {
        site = new AttackSite(Map.of());
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    /** Requests that are answered without anybody having read their body. */
    private static List<String> heads(String authorization) {
        String json = "Content-Type: application/json\r\n";
        String token = authorization + "\r\n";
        List<String> heads = new ArrayList<>();
        for (String line : List.of(
                "POST /v1/customers", "PUT /v1/customers/0192f0c1-0000-7000-8000-000000000000", "GET /v1/customers",
                "POST /nowhere", "PUT /v1/customers", "delete /v1/customers", "GET /health/live", "HEAD /health/live",
                "OPTIONS /v1/customers", "POST /docs", "POST /%zz")) {
            heads.add(line + " HTTP/1.1\r\nHost: a\r\n" + json);
        }
        heads.add("POST /v1/customers HTTP/1.1\r\nHost: a\r\n" + token + "Content-Type: text/plain\r\n");
        heads.add("POST /v1/customers HTTP/1.1\r\nHost: a\r\n" + token + json + "Content-Encoding: gzip\r\n");
        heads.add("PUT /v1/customers/none HTTP/1.1\r\nHost: a\r\n" + token + json);
        heads.add("PUT /v1/customers/0192f0c1-0000-7000-8000-000000000000 HTTP/1.1\r\nHost: a\r\n" + token + json
                + "If-Match: \"7\"\r\n");
        heads.add("PATCH /v1/customers/0192f0c1-0000-7000-8000-000000000000 HTTP/1.1\r\nHost: a\r\n" + token + json);
        heads.add("DELETE /v1/customers/0192f0c1-0000-7000-8000-000000000000 HTTP/1.1\r\nHost: a\r\n" + token);
        heads.add("GET /v1/customers?limit=0 HTTP/1.1\r\nHost: a\r\n" + token);
        heads.add("POST /v1/auth/login HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\n");
        heads.add("POST /oauth/token HTTP/1.1\r\nHost: a\r\n" + json);
        return heads;
    }

    private static List<String> expectations() {
        return List.of("", "Expect: 100-continue\r\n", "Expect: 100-Continue\r\n", "expect:100-continue\r\n",
                "Expect: 100-continue\r\nExpect: 100-continue\r\n", "Expect: 100-continue, x\r\n", "Expect: x\r\n");
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void bodyThatNobodyReadIsNoRequest(Transport transport, TestReporter reporter) throws IOException {
        Target target = site.target(transport);
        target.prepare();
        List<String> wrong = new ArrayList<>();
        for (String head : heads(target.authorization())) {
            for (String expectation : expectations()) {
                String begin = head + expectation;
                for (String framing : List.of("Content-Length: " + HIDDEN.length() + "\r\n\r\n",
                        "Content-Length: 100000\r\n\r\n")) {
                    check(target, begin + framing, HIDDEN, wrong);
                }
                check(target, begin + "Transfer-Encoding: chunked\r\n\r\n", CHUNKED, wrong);
            }
        }
        assertEquals(List.of(), wrong);
        target.checkRecovered(reporter);
    }

    /** The body at once; the access log would tell of it as well. */
    private static void check(Target target, String head, String body, List<String> wrong) throws IOException {
        String said;
        try (Peer peer = target.connect()) {
            said = peer.send(head + body).finish().readToEnd();
        }
        List<Integer> statuses = Peer.statuses(said).stream().filter(status -> status != 100).toList();
        if (statuses.size() > 1 || statuses.stream().anyMatch(status -> status >= 500 && status != 501)) {
            wrong.add(statuses + " for " + head.replaceAll("Bearer .*", "Bearer …"));
        }
    }

    /** As `curl` does it: the body comes when the answer was seen, or when none came for a while. */
    @ParameterizedTest
    @EnumSource(Transport.class)
    void bodyThatComesAfterTheAnswerIsNoRequest(Transport transport, TestReporter reporter) throws IOException {
        Target target = site.target(transport);
        target.prepare();
        List<String> wrong = new ArrayList<>();
        for (String head : heads(target.authorization())) {
            String begin = head + "Expect: 100-continue\r\nContent-Length: " + HIDDEN.length() + "\r\n\r\n";
            try (Peer peer = target.connect()) {
                var first = new byte[8_192];
                int length = Math.max(0, peer.send(begin).in().read(first));
                String said = new String(first, 0, length, java.nio.charset.StandardCharsets.ISO_8859_1);
                assertTrue(length > 0, begin);
                try {
                    peer.send(HIDDEN).finish();
                } catch (IOException e) {
                    continue; // It is closed: that is how this body was kept from being a request.
                }
                List<Integer> statuses = Peer.statuses(said + peer.readToEnd());
                if (statuses.stream().filter(status -> status != 100).count() > 1) {
                    wrong.add(statuses + " for " + begin.replaceAll("Bearer .*", "Bearer …"));
                }
            }
        }
        assertEquals(List.of(), wrong);
        target.checkRecovered(reporter);
    }
}
