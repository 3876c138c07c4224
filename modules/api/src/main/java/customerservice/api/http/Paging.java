package customerservice.api.http;

import static customerservice.api.json.JsonOutput.ascii;

import customerservice.api.http.message.Field;
import customerservice.api.http.message.FieldName;
import customerservice.api.http.message.QueryParameters;
import customerservice.api.json.JsonOutput;
import customerservice.domain.Page;
import customerservice.domain.Seek;
import customerservice.domain.customer.CustomerQuery;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** What all lists have in common: limit and cursors on the way in, the page and its Link field on the way out. */
public final class Paging {

    public static final String LIMIT = "limit";
    public static final String AFTER = "after";
    public static final String BEFORE = "before";

    private static final String NO_CURSOR = "is not a cursor of this list and order";
    private static final byte[] ITEMS = ascii("{\"items\":[");
    private static final byte[] NEXT = ascii("],\"next\":");
    private static final byte[] PREV = ascii(",\"prev\":");

    private Paging() {}

    public static int limit(QueryParameters query) {
        return query.get(
                LIMIT,
                Paging::parseLimit,
                "invalid_limit",
                "must be a number from 1 to " + CustomerQuery.MAX_LIMIT)
                .orElse(CustomerQuery.DEFAULT_LIMIT);
    }

    private static Optional<Integer> parseLimit(String text) {
        if (text.isEmpty() || text.length() > 3) {
            return Optional.empty();
        }
        int limit = 0;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return Optional.empty();
            }
            limit = limit * 10 + text.charAt(i) - '0';
        }
        return limit < 1 || limit > CustomerQuery.MAX_LIMIT ? Optional.empty() : Optional.of(limit);
    }

    /** @param cursor reads a cursor of this list; empty for one of another */
    public static <P> Seek<P> seek(QueryParameters query, Function<String, Optional<P>> cursor) {
        Optional<Seek<P>> after = query.get(
                AFTER,
                text -> text.equals(Cursors.START)
                        ? Optional.of(Seek.start())
                        : cursor.apply(text).map(Seek.After::new),
                "invalid_cursor",
                NO_CURSOR);
        Optional<Seek<P>> before = query.get(
                BEFORE,
                text -> text.equals(Cursors.END) ? Optional.of(Seek.end()) : cursor.apply(text).map(Seek.Before::new),
                "invalid_cursor",
                NO_CURSOR);
        if (query.has(AFTER) && query.has(BEFORE)) {
            query.reject(BEFORE, "contradictory", "may not be given together with after");
        }
        return after.or(() -> before).orElse(Seek.start());
    }

    /** An empty page, whose rows have all gone, leads on to where rows are. */
    public static <T> void send(
            Exchange exchange,
            QueryParameters query,
            Page<T> page,
            BiConsumer<T, JsonOutput> encoder,
            Function<T, String> cursor) {
        List<T> items = page.items();
        String next = !page.hasNext() ? "" : items.isEmpty() ? Cursors.START : cursor.apply(items.getLast());
        String prev = !page.hasPrevious() ? "" : items.isEmpty() ? Cursors.END : cursor.apply(items.getFirst());
        Answer answer = exchange.answer();
        JsonOutput out = answer.json().raw(ITEMS);
        for (int i = 0; i < items.size(); i++) {
            if (i > 0) {
                out.raw(',');
            }
            encoder.accept(items.get(i), out);
        }
        cursor(out.raw(NEXT), next);
        cursor(out.raw(PREV), prev);
        out.raw('}');
        answer.field(Field.JSON);
        answer.field(Field.NO_STORE);
        String link = link(exchange.path(), query.encodedWithout(AFTER, BEFORE), next, prev);
        if (!link.isEmpty()) {
            answer.field(FieldName.LINK, link);
        }
        exchange.sendCompressible(200, out);
    }

    private static void cursor(JsonOutput out, String cursor) {
        if (cursor.isEmpty()) {
            out.nothing();
        } else {
            out.string(cursor);
        }
    }

    /** RFC 8288, relative to the request. */
    private static String link(String path, String query, String next, String prev) {
        String base = "<" + path + "?" + query + (query.isEmpty() ? "" : "&");
        var link = new StringBuilder();
        if (!next.isEmpty()) {
            link.append(base).append(AFTER).append('=').append(next).append(">; rel=\"next\"");
        }
        if (!prev.isEmpty()) {
            link.append(link.isEmpty() ? "" : ", ");
            link.append(base).append(BEFORE).append('=').append(prev).append(">; rel=\"prev\"");
        }
        return link.toString();
    }
}
