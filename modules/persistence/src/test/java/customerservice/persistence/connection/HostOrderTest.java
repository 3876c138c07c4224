package customerservice.persistence.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostOrderTest {

    @ParameterizedTest
    @CsvSource(delimiter = ' ', value = {
        "jdbc:postgresql://db/customers 1",
        "jdbc:postgresql://db1,db2/customers 2",
        "jdbc:postgresql://db1,db2:5433,[::1]:1/customers?a=b,c 3",
        "jdbc:postgresql://db1,db2?a=/ 2",
        "jdbc:postgresql:customers?options=-c,x 1",
        "jdbc:postgresql:///customers 1"})
    void hostsAreCounted(String url, int count) {
        var order = new HostOrder(url);
        assertEquals(count, order.count());
        assertEquals(url, order.url());
    }

    @ParameterizedTest
    @CsvSource(delimiter = ' ', value = {
        "db1 5432 jdbc:postgresql://db1,DB2:5433,[::1]:1/c?x=1,2",
        "db2 5433 jdbc:postgresql://DB2:5433,[::1]:1,db1/c?x=1,2",
        "::1 1 jdbc:postgresql://[::1]:1,db1,DB2:5433/c?x=1,2",
        "db2 5432 jdbc:postgresql://db1,DB2:5433,[::1]:1/c?x=1,2"})
    void theLastPrimaryComesFirst(String host, int port, String url) {
        var order = new HostOrder("jdbc:postgresql://db1,DB2:5433,[::1]:1/c?x=1,2");
        order.wasPrimary(host, port);
        assertEquals(url, order.url());
    }

    @Test
    void theOrderFollowsThePrimary() {
        var order = new HostOrder("jdbc:postgresql://db1,db2/c");
        assertFalse(order.wasPrimary("db1", 5432));
        assertTrue(order.wasPrimary("db2", 5432));
        assertFalse(order.wasPrimary("db2", 5432));
        assertTrue(order.wasPrimary("db1", 5432));
        assertEquals("jdbc:postgresql://db1,db2/c", order.url());
    }
}
