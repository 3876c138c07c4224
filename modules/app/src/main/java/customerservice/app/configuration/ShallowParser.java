package customerservice.app.configuration;

import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.ParserException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/** Ends at what is nested deeper than any configuration: the composer calls itself for each level, and has no limit. */
final class ShallowParser extends ParserImpl {

    private static final int MAX_DEPTH = 50;

    private int depth;

    ShallowParser(LoadSettings settings, StreamReader reader) {
        super(settings, reader);
    }

    @Override
    public Event next() {
        Event event = super.next();
        switch (event.getEventId()) {
            case MappingStart, SequenceStart -> depth++;
            case MappingEnd, SequenceEnd -> depth--;
            default -> {
                // No other begins or ends a level.
            }
        }
        if (depth > MAX_DEPTH) {
            throw new ParserException("nested more than " + MAX_DEPTH + " levels deep", event.getStartMark());
        }
        return event;
    }
}
