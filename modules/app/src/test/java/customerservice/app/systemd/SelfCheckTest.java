package customerservice.app.systemd;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.app.service.UncheckedTls;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SelfCheckTest {

    private final AtomicLong answered = new AtomicLong();
    private Listener service;
    private Listener management;

    @BeforeEach
    void listen() throws IOException {
        service = new Listener(Listener.GOOD);
        management = new Listener(Listener.GOOD);
    }

    @AfterEach
    void close() {
        service.close();
        management.close();
    }

    private SelfCheck check(Duration limit) {
        return new SelfCheck(
                service.address(), management.address(), false, answered::get, limit, UncheckedTls::sockets);
    }

    @Test
    void answeringListenerPasses() {
        assertTrue(check(Duration.ofSeconds(30)).passes());
    }

    @Test
    void closedListenerFails() {
        service.close();
        assertFalse(check(Duration.ofSeconds(30)).passes());
    }

    @Test
    void hungListenerFails() {
        service.answer(Listener.NOTHING);
        assertFalse(check(Duration.ofMillis(50)).passes());
    }

    @Test
    void anErrorIsNoGoodAnswer() {
        service.answer("HTTP/1.1 503 Service Unavailable\r\n\r\n");
        assertFalse(check(Duration.ofSeconds(30)).passes());
    }

    @Test
    void fullListenerPassesAsLongAsOthersAreAnswered() {
        service.answer(Listener.NOTHING);
        // Within which the other listener has to answer.
        SelfCheck check = check(Duration.ofSeconds(2));
        answered.set(7);
        assertTrue(check.passes());
    }

    @Test
    void fullListenerFailsOnceNobodyIsAnswered() {
        service.answer(Listener.NOTHING);
        SelfCheck check = check(Duration.ofMillis(50));
        answered.set(7);
        check.passes();
        assertFalse(check.passes());
    }

    @Test
    void progressAloneIsNotEnough() {
        service.answer(Listener.NOTHING);
        management.answer(Listener.NOTHING);
        SelfCheck check = check(Duration.ofMillis(50));
        answered.set(7);
        assertFalse(check.passes());
    }
}
