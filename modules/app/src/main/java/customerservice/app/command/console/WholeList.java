package customerservice.app.command.console;

import customerservice.domain.Page;
import customerservice.domain.Seek;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;

/** Goes through all pages of a list by name. */
public final class WholeList {

    private WholeList() {}

    public static <T> void forEach(
            BiFunction<Seek<String>, Integer, Page<T>> list, Function<T, String> name, Consumer<T> action) {
        Seek<String> seek = Seek.start();
        Page<T> page;
        do {
            page = list.apply(seek, Page.MAX_LIMIT);
            page.items().forEach(action);
            if (!page.items().isEmpty()) {
                seek = new Seek.After<>(name.apply(page.items().getLast()));
            }
        } while (page.hasNext());
    }
}
