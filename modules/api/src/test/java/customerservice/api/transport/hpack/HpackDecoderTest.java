package customerservice.api.transport.hpack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With the examples of RFC 7541, appendix C, and what a peer may send to do harm. */
class HpackDecoderTest {

    private static final int TABLE = 4_096;
    private static final int LIST = 16_384;

    private final HpackDecoder decoder = new HpackDecoder(TABLE, LIST);

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    private static List<String> decode(HpackDecoder decoder, String hex) {
        byte[] block = bytes(hex);
        return decoder.decode(block, 0, block.length).fields().stream()
                .map(field -> field.name() + ": " + field.value())
                .toList();
    }

    @Test
    void literalsWithNewNamesAreDecoded() {
        assertEquals(
                List.of("custom-key: custom-header"),
                decode(decoder, "400a 6375 7374 6f6d 2d6b 6579 0d63 7573 746f 6d2d 6865 6164 6572"));
        assertEquals(55, decoder.tableSize());
    }

    @Test
    void literalsWithoutIndexingLeaveTheTableAlone() {
        assertEquals(List.of(":path: /sample/path"), decode(decoder, "040c 2f73 616d 706c 652f 7061 7468"));
        assertEquals(
                List.of("password: secret"), decode(decoder, "1008 7061 7373 776f 7264 0673 6563 7265 74"));
        assertEquals(0, decoder.tableSize());
    }

    private void requests(String first, String second, String third) {
        assertEquals(
                List.of(":method: GET", ":scheme: http", ":path: /", ":authority: www.example.com"),
                decode(decoder, first));
        assertEquals(57, decoder.tableSize());
        assertEquals(
                List.of(
                        ":method: GET", ":scheme: http", ":path: /", ":authority: www.example.com",
                        "cache-control: no-cache"),
                decode(decoder, second));
        assertEquals(110, decoder.tableSize());
        assertEquals(
                List.of(
                        ":method: GET", ":scheme: https", ":path: /index.html", ":authority: www.example.com",
                        "custom-key: custom-value"),
                decode(decoder, third));
        assertEquals(164, decoder.tableSize());
    }

    @Test
    void requestsWithoutHuffmanCodingAreDecoded() {
        requests(
                "8286 8441 0f77 7777 2e65 7861 6d70 6c65 2e63 6f6d",
                "8286 84be 5808 6e6f 2d63 6163 6865",
                "8287 85bf 400a 6375 7374 6f6d 2d6b 6579 0c63 7573 746f 6d2d 7661 6c75 65");
    }

    @Test
    void requestsWithHuffmanCodingAreDecoded() {
        requests(
                "8286 8441 8cf1 e3c2 e5f2 3a6b a0ab 90f4 ff",
                "8286 84be 5886 a8eb 1064 9cbf",
                "8287 85bf 4088 25a8 49e9 5ba9 7d7f 8925 a849 e95b b8e8 b4bf");
    }

    private static void responses(String first, String second, String third) {
        var small = new HpackDecoder(256, LIST);
        assertEquals(
                List.of(
                        ":status: 302", "cache-control: private", "date: Mon, 21 Oct 2013 20:13:21 GMT",
                        "location: https://www.example.com"),
                decode(small, first));
        assertEquals(222, small.tableSize());
        assertEquals(
                List.of(
                        ":status: 307", "cache-control: private", "date: Mon, 21 Oct 2013 20:13:21 GMT",
                        "location: https://www.example.com"),
                decode(small, second));
        assertEquals(222, small.tableSize());
        assertEquals(
                List.of(
                        ":status: 200", "cache-control: private", "date: Mon, 21 Oct 2013 20:13:22 GMT",
                        "location: https://www.example.com", "content-encoding: gzip",
                        "set-cookie: foo=ASDJKHQKBZXOQWEOPIUAXQWEOIU; max-age=3600; version=1"),
                decode(small, third));
        assertEquals(215, small.tableSize());
    }

    @Test
    void responsesThatEvictEntriesAreDecoded() {
        responses(
                "4803 3330 3258 0770 7269 7661 7465 611d 4d6f 6e2c 2032 3120 4f63 7420 3230 3133 2032 303a 3133 3a32"
                        + "3120 474d 546e 1768 7474 7073 3a2f 2f77 7777 2e65 7861 6d70 6c65 2e63 6f6d",
                "4803 3330 37c1 c0bf",
                "88c1 611d 4d6f 6e2c 2032 3120 4f63 7420 3230 3133 2032 303a 3133 3a32 3220 474d 54c0 5a04 677a 6970"
                        + "7738 666f 6f3d 4153 444a 4b48 514b 425a 584f 5157 454f 5049 5541 5851 5745 4f49 553b 206d"
                        + "6178 2d61 6765 3d33 3630 303b 2076 6572 7369 6f6e 3d31");
    }

    @Test
    void huffmanCodedResponsesThatEvictEntriesAreDecoded() {
        responses(
                "4882 6402 5885 aec3 771a 4b61 96d0 7abe 9410 54d4 44a8 2005 9504 0b81 66e0 82a6 2d1b ff6e 919d 29ad"
                        + "1718 63c7 8f0b 97c8 e9ae 82ae 43d3",
                "4883 640e ffc1 c0bf",
                "88c1 6196 d07a be94 1054 d444 a820 0595 040b 8166 e084 a62d 1bff c05a 839b d9ab 77ad 94e7 821d d7f2"
                        + "e6c7 b335 dfdf cd5b 3960 d5af 2708 7f36 72c1 ab27 0fb5 291f 9587 3160 65c0 03ed 4ee5 b106"
                        + "3d50 07");
    }

    @Test
    void everyByteHasItsHuffmanCode() {
        // By Appendix B: those of the shortest, of a middling and of the longest code.
        assertEquals(List.of(":path: 0"), decode(decoder, "0481 07"));
        assertEquals(List.of(":path: \\"), decode(decoder, "0483 fffe 1f"));
        assertEquals(List.of(":path: \n"), decode(decoder, "0484 ffff fff3"));
        assertEquals(List.of(":path: \u00ff"), decode(decoder, "0484 ffff fbbf"));
    }

    @Test
    void aListThatDecodesToMoreThanTheLimitIsToldAndNotKept() {
        // One entry of nearly the table's size, and 12,000 references to it.
        byte[] block = bytes("4001787f a11e" + "76".repeat(4_000) + "be".repeat(12_000));
        HeaderList list = decoder.decode(block, 0, block.length);
        assertEquals(4_033, decoder.tableSize());
        assertTrue(list.tooLarge());
        assertEquals(List.of(), list.fields());
    }

    @Test
    void theTableIsKeptInStepByAListThatIsTooLarge() {
        var small = new HpackDecoder(TABLE, 100);
        byte[] block = bytes("400161 0131 400162 0132 400163 0133");
        assertTrue(small.decode(block, 0, block.length).tooLarge());
        assertEquals(List.of("c: 3", "a: 1"), decode(small, "be c0"));
    }

    @Test
    void aListOfExactlyTheLimitIsTaken() {
        var exact = new HpackDecoder(TABLE, 2 * 34);
        byte[] two = bytes("000161 0131 000162 0132");
        assertFalse(exact.decode(two, 0, two.length).tooLarge());
    }

    @Test
    void anEntryLargerThanTheTableEmptiesIt() {
        var small = new HpackDecoder(64, LIST);
        decode(small, "400161 0131");
        byte[] large = bytes("400162 3c" + "76".repeat(60));
        small.decode(large, 0, large.length);
        assertEquals(0, small.tableSize());
    }

    @Test
    void theTableFollowsChangesOfItsSize() {
        decode(decoder, "400161 0131");
        assertEquals(List.of(":method: GET"), decode(decoder, "20 3fe11f 82"));
        assertEquals(0, decoder.tableSize());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "80", // index 0
        "be", // an entry that is not there
        "ff8080808010", // an index of more than four bytes
        "7f", // a number cut off
        "82 20", // a change of the table's size after a field
        "20 20 20 82", // three of them
        "3fe21f", // to more than was announced
        "00", // a name cut off
        "000161", // a value cut off
        "0001 61 05 6161", // a value longer than the block
        "0481 00", // padded with zeros
        "0484 ffff ffff", // the end of a string
        "0482 07ff", // padded with more than seven bits
        "04ffffffff7f" // a length of gigabytes
    })
    void malformedBlocksAreRefused(String hex) {
        byte[] block = bytes(hex);
        assertThrows(HpackException.class, () -> decoder.decode(block, 0, block.length));
    }

    @Test
    void everyCutOfABlockIsRefusedOrShorter() {
        byte[] block = bytes("8286 8441 8cf1 e3c2 e5f2 3a6b a0ab 90f4 ff 400161 0131");
        for (int length = 0; length < block.length; length++) {
            try {
                assertTrue(new HpackDecoder(TABLE, LIST).decode(block, 0, length).fields().size() < 5);
            } catch (HpackException e) {
                assertTrue(length > 3, e.getMessage());
            }
        }
    }

    @Test
    void theEncoderIsUnderstood() {
        var encoder = new HpackEncoder(8)
                .status(204)
                .status(418)
                .field("etag", "\"1\"")
                .field("x-long", "v".repeat(300))
                .field(HpackEncoder.encoded("cache-control", "no-store"));
        List<HeaderField> fields = decoder.decode(encoder.array(), 0, encoder.length()).fields();
        assertEquals(
                List.of(
                        new HeaderField(":status", "204"),
                        new HeaderField(":status", "418"),
                        new HeaderField("etag", "\"1\""),
                        new HeaderField("x-long", "v".repeat(300)),
                        new HeaderField("cache-control", "no-store")),
                fields);
        assertEquals(0, decoder.tableSize());
        assertEquals((byte) 0x89, encoder.array()[0], new String(encoder.array(), StandardCharsets.ISO_8859_1));
    }
}
