package customerservice.persistence.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostOrderTest {

    @ParameterizedTest
    @ValueSource(strings = {
        "jdbc:postgresql://db/customers",
        "jdbc:postgresql:customers?options=-c,x",
        "jdbc:postgresql:///customers",
        "jdbc:postgresql://[::1]:1?a=b,c"})
    void aUrlOfOneHostStaysAsItIs(String url) {
        var order = new HostOrder(url);
        assertEquals(1, order.count());
        assertEquals(List.of(url), order.urls());
    }

    @Test
    void eachHostIsAUrlOfItsOwnWithDatabaseAndParameters() {
        var order = new HostOrder("jdbc:postgresql://db1,DB2:5433,[::1]:1/c?x=1,2");
        assertEquals(3, order.count());
        assertEquals(
                List.of(
                        "jdbc:postgresql://db1/c?x=1,2",
                        "jdbc:postgresql://DB2:5433/c?x=1,2",
                        "jdbc:postgresql://[::1]:1/c?x=1,2"),
                order.urls());
    }

    @Test
    void parametersMayFollowTheHosts() {
        assertEquals(
                List.of("jdbc:postgresql://db1?a=/", "jdbc:postgresql://db2?a=/"),
                new HostOrder("jdbc:postgresql://db1,db2?a=/").urls());
    }

    @Test
    void theLastPrimaryComesFirst() {
        var order = new HostOrder("jdbc:postgresql://db1,db2,db3/c");
        order.wasPrimary("jdbc:postgresql://db2/c");
        assertEquals(
                List.of("jdbc:postgresql://db2/c", "jdbc:postgresql://db3/c", "jdbc:postgresql://db1/c"), order.urls());
    }

    @Test
    void onlyAnotherPrimaryThanBeforeIsAChange() {
        var order = new HostOrder("jdbc:postgresql://db1,db2/c");
        assertFalse(order.wasPrimary("jdbc:postgresql://db1/c"));
        assertTrue(order.wasPrimary("jdbc:postgresql://db2/c"));
        assertFalse(order.wasPrimary("jdbc:postgresql://db2/c"));
        assertTrue(order.wasPrimary("jdbc:postgresql://db1/c"));
    }
}
