package customerservice.api.http.capacity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class AnswerBudgetTest {

    private final AnswerBudget budget = new AnswerBudget(100_000);

    @Test
    void answersAreAdmittedUpToTheBudget() {
        assertTrue(budget.take(60_000));
        assertFalse(budget.take(60_000));
        assertTrue(budget.take(40_000));
    }

    @Test
    void refusedAnswerTakesNothing() {
        assertFalse(budget.take(100_001));
        assertTrue(budget.take(100_000));
    }

    @Test
    void answerGivenBackMakesRoomForAnother() {
        budget.take(60_000);
        budget.giveBack(60_000);
        assertTrue(budget.take(100_000));
    }

    @Test
    void pagesLeaveRoomForSingleCustomers() {
        var large = new AnswerBudget(4 * AnswerBudget.PAGE);
        assertTrue(large.take(2 * AnswerBudget.PAGE));
        assertFalse(large.take(AnswerBudget.PAGE + 1));
        assertTrue(large.take(AnswerBudget.PAGE));
        assertTrue(large.take(AnswerBudget.PAGE));
        assertFalse(large.take(AnswerBudget.PAGE));
    }

    @Test
    void smallAnswerIsAdmittedWhateverIsLeft() {
        budget.take(100_000);
        assertTrue(budget.take(AnswerBudget.UNCOUNTED));
        budget.giveBack(AnswerBudget.UNCOUNTED);
        assertEquals(0, budget.left());
    }
}
