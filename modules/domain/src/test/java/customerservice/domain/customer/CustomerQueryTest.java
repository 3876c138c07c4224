package customerservice.domain.customer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import customerservice.domain.customer.CustomerQuery.Position;
import customerservice.domain.customer.CustomerQuery.Sort;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CustomerQueryTest {

    private static final CustomerId ID = new CustomerId(new UUID(1, 2));
    private static final Customer ADA = new Customer(ID, "Ada", new EmailAddress("ada@example.com"), Optional.empty(),
            CustomerStatus.ACTIVE, Optional.empty(), Map.of(), 1, Instant.EPOCH, Instant.MAX);

    @ParameterizedTest
    @ValueSource(ints = {1, 20, 200})
    void aPageHasOneToTwoHundred(int limit) {
        assertEquals(limit, CustomerQuery.newestFirst(limit).limit());
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 201, Integer.MAX_VALUE})
    void noOtherLimitIsPossible(int limit) {
        assertThrows(IllegalArgumentException.class, () -> CustomerQuery.newestFirst(limit));
    }

    @ParameterizedTest
    @CsvSource({"created_at, CREATED_AT", "-created_at, CREATED_AT_DESCENDING", "name, NAME", "-name, NAME_DESCENDING"})
    void anOrderIsKnownByItsLabel(String label, Sort sort) {
        assertEquals(Optional.of(sort), Sort.ofLabel(label));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "email", "NAME", "+name", "name,created_at", "name;drop table customers"})
    void noOtherOrderIsKnown(String label) {
        assertEquals(Optional.empty(), Sort.ofLabel(label));
    }

    @ParameterizedTest
    @EnumSource
    void theMinusIsWhatDescends(Sort sort) {
        assertEquals(sort.label().startsWith("-"), sort.descending());
    }

    @Test
    void aPositionIsByWhatTheOrderIsBy() {
        assertEquals(new Position.ByName("Ada", ID), Sort.NAME.positionOf(ADA));
        assertEquals(new Position.ByName("Ada", ID), Sort.NAME_DESCENDING.positionOf(ADA));
        assertEquals(new Position.ByCreation(Instant.EPOCH, ID), Sort.CREATED_AT.positionOf(ADA));
        assertEquals(new Position.ByCreation(Instant.EPOCH, ID), Sort.CREATED_AT_DESCENDING.positionOf(ADA));
    }
}
