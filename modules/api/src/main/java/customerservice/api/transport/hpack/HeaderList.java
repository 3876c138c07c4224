package customerservice.api.transport.hpack;

import java.util.List;

/**
 * A decoded header block.
 *
 * @param fields in the order they came in; none if there were too many
 * @param size of all fields, as {@link HeaderField#size()} counts them; 0 if there were too many
 * @param tooLarge whether the list exceeded the decoder's limit
 */
public record HeaderList(List<HeaderField> fields, int size, boolean tooLarge) {

    static final HeaderList TOO_LARGE = new HeaderList(List.of(), 0, true);
}
