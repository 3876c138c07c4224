package customerservice.persistence.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * What rows have to fulfil, all of it: the text of each condition together with the value that its question mark stands
 * for, so that neither is ever without the other or in another order.
 */
public final class Conditions {

    private final StringBuilder text = new StringBuilder(128);
    private final List<Value<?>> values = new ArrayList<>(4);

    /** @param condition without a value, such as one whose value is spelled out */
    public Conditions and(String condition) {
        text.append(text.isEmpty() ? " where " : " and ").append(condition);
        return this;
    }

    /**
     * @param condition with one question mark for each value that {@code binder} binds
     * @param value if empty, there is no such condition
     */
    public <T> Conditions and(String condition, Optional<T> value, BiConsumer<Parameters, T> binder) {
        if (value.isPresent()) {
            and(condition);
            values.add(new Value<>(value.get(), binder));
        }
        return this;
    }

    /** A where clause with a space before it; empty if there are no conditions. */
    public String text() {
        return text.toString();
    }

    public void bind(Parameters parameters) {
        for (Value<?> value : values) {
            value.bind(parameters);
        }
    }

    private record Value<T>(T value, BiConsumer<Parameters, T> binder) {

        void bind(Parameters parameters) {
            binder.accept(parameters, value);
        }
    }
}
