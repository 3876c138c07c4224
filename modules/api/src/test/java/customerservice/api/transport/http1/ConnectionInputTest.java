package customerservice.api.transport.http1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.api.http.capacity.ByteBudget;
import customerservice.api.http.message.Problem;
import customerservice.api.http.message.ProblemException;
import org.junit.jupiter.api.Test;

final class ConnectionInputTest {

    private static final int BUDGET = 10_000;

    private final ByteBudget budget = new ByteBudget(BUDGET);

    @Test
    void whatIsHeldWhileMoreIsWaitedForComesOutOfTheBudget() {
        ConnectionInput input = Octetwise.input("x".repeat(3_000), 1_000, budget);
        input.more();
        assertEquals(BUDGET, budget.left());
        input.more();
        input.more();
        assertTrue(budget.left() <= BUDGET - 3_000, () -> "left " + budget.left());
    }

    @Test
    void whatIsTakenIsGivenBack() {
        ConnectionInput input = Octetwise.input("x".repeat(2_000), 1_000, budget);
        input.more();
        input.more();
        input.take(2_000);
        assertEquals(BUDGET, budget.left());
    }

    @Test
    void whatIsForgottenIsGivenBack() {
        ConnectionInput input = Octetwise.input("x".repeat(2_000), 1_000, budget);
        input.more();
        input.more();
        input.clear();
        assertEquals(BUDGET, budget.left());
        assertEquals(0, input.available());
    }

    @Test
    void moreThanAllMayHoldIsRefused() {
        ConnectionInput input = Octetwise.input("x".repeat(2 * BUDGET), 1_000, budget);
        ProblemException refused = assertThrows(ProblemException.class, () -> {
            while (input.more()) {
                assertTrue(input.available() <= BUDGET);
            }
        });
        assertSame(Problem.OVERLOADED, refused.problem());
        input.clear();
        assertEquals(BUDGET, budget.left());
    }
}
