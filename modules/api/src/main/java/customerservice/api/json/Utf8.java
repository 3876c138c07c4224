package customerservice.api.json;

/**
 * Whether bytes are UTF-8 as RFC 3629 (section 4) has it: no overlong forms, no surrogates, nothing above U+10FFFF. The
 * JSON parser is more lenient.
 */
final class Utf8 {

    private Utf8() {}

    static boolean isValid(byte[] bytes, int length) {
        int i = 0;
        while (i < length) {
            int lead = bytes[i++];
            if (lead >= 0) {
                continue;
            }
            lead &= 0xFF;
            int more;
            int min = 0x80;
            int max = 0xBF;
            if (lead >= 0xC2 && lead <= 0xDF) {
                more = 1;
            } else if (lead >= 0xE0 && lead <= 0xEF) {
                more = 2;
                min = lead == 0xE0 ? 0xA0 : min;
                max = lead == 0xED ? 0x9F : max;
            } else if (lead >= 0xF0 && lead <= 0xF4) {
                more = 3;
                min = lead == 0xF0 ? 0x90 : min;
                max = lead == 0xF4 ? 0x8F : max;
            } else {
                return false;
            }
            if (length - i < more) {
                return false;
            }
            // Only the first byte behind the lead is bound more narrowly than the rest.
            int first = bytes[i++] & 0xFF;
            if (first < min || first > max) {
                return false;
            }
            for (int n = 1; n < more; n++) {
                if ((bytes[i++] & 0xC0) != 0x80) {
                    return false;
                }
            }
        }
        return true;
    }
}
