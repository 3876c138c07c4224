package customerservice.image;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The JSON of a customer that is as large as the rules allow, and of changes to it. */
final class LargestCustomer {

    private static final String WIDEST = Character.toString(0x1F600);
    private static final int ENTRIES = 50;
    private static final int KEY = 40;
    private static final int VALUE = 500;

    private LargestCustomer() {}

    /** All of it but half of the metadata, which one body has no room for. */
    static String half(int number) {
        return "{\"name\":\"" + WIDEST.repeat(200) + "\",\"email\":\"large-" + number + "@example.com\",\"address\":{"
                + "\"line1\":\"" + WIDEST.repeat(100) + "\",\"line2\":\"" + WIDEST.repeat(100) + "\",\"city\":\""
                + WIDEST.repeat(100) + "\",\"country\":\"GB\"},\"metadata\":" + metadata(0, ENTRIES / 2, number) + "}";
    }

    /** A merge patch that sets the other half, to another value for each number. */
    static String otherHalf(int number) {
        return "{\"metadata\":" + metadata(ENTRIES / 2, ENTRIES, number) + "}";
    }

    private static String metadata(int from, int to, int number) {
        String value = Character.toString(0x1F600 + number % 64).repeat(VALUE);
        return IntStream.range(from, to)
                .mapToObj(i -> "\"" + WIDEST.repeat(KEY - 2) + (10 + i) + "\":\"" + value + "\"")
                .collect(Collectors.joining(",", "{", "}"));
    }
}
