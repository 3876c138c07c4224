package customerservice.persistence.schema;

import java.util.List;

/** How the database's schema compares with the one that this release was written for. */
public sealed interface SchemaStatus {

    /** All of this release's migrations are applied as they are in it; newer ones may be there too. */
    record Current() implements SchemaStatus {}

    /** @param missing ids of migrations that have not been applied, in order */
    record Behind(List<String> missing) implements SchemaStatus {
        public Behind {
            missing = List.copyOf(missing);
        }
    }

    /** The connection's role may not even look. */
    record NotReadable() implements SchemaStatus {}

    /** @param ids of migrations that were applied in another form than this release knows, in order */
    record Different(List<String> ids) implements SchemaStatus {
        public Different {
            ids = List.copyOf(ids);
        }
    }
}
