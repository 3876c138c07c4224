package customerservice.auth.password;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class Argon2idTest {

    /** RFC 9106, section 5.3. */
    @Test
    void theTestVectorOfTheRfcComesOut() {
        byte[] tag = new byte[32];

        var parameters = new Argon2id(32, 3, 4);
        parameters.hash(filled(32, 1), filled(16, 2), filled(8, 3), filled(12, 4), tag, parameters.pool(1));

        assertEquals("0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659", HexFormat.of().formatHex(tag));
    }

    private static byte[] filled(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }
}
