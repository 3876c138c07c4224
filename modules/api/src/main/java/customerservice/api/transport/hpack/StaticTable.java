package customerservice.api.transport.hpack;

import java.util.HashMap;
import java.util.Map;

/** RFC 7541, appendix A. */
final class StaticTable {

    static final int SIZE = 61;

    private static final String FIELDS = """
            :authority
            :method GET
            :method POST
            :path /
            :path /index.html
            :scheme http
            :scheme https
            :status 200
            :status 204
            :status 206
            :status 304
            :status 400
            :status 404
            :status 500
            accept-charset
            accept-encoding gzip, deflate
            accept-language
            accept-ranges
            accept
            access-control-allow-origin
            age
            allow
            authorization
            cache-control
            content-disposition
            content-encoding
            content-language
            content-length
            content-location
            content-range
            content-type
            cookie
            date
            etag
            expect
            expires
            from
            host
            if-match
            if-modified-since
            if-none-match
            if-range
            if-unmodified-since
            last-modified
            link
            location
            max-forwards
            proxy-authenticate
            proxy-authorization
            range
            referer
            refresh
            retry-after
            server
            set-cookie
            strict-transport-security
            transfer-encoding
            user-agent
            vary
            via
            www-authenticate""";

    private static final HeaderField[] ENTRIES = new HeaderField[SIZE];
    private static final Map<String, Integer> NAMES = new HashMap<>(2 * SIZE);

    static {
        String[] lines = FIELDS.split("\n", -1);
        for (int i = 0; i < SIZE; i++) {
            int space = lines[i].indexOf(' ');
            String name = space < 0 ? lines[i] : lines[i].substring(0, space);
            ENTRIES[i] = new HeaderField(name, space < 0 ? "" : lines[i].substring(space + 1));
            NAMES.putIfAbsent(name, i + 1);
        }
    }

    private StaticTable() {}

    /** @param index from 1 to {@link #SIZE} */
    static HeaderField get(int index) {
        return ENTRIES[index - 1];
    }

    /** The first entry of that name; 0 if there is none. */
    static int indexOfName(String name) {
        return NAMES.getOrDefault(name, 0);
    }
}
