package customerservice.persistence;

import java.util.List;
import java.util.Objects;

/** Brings the schema up to date. The only class that touches Liquibase, which serving must never load. */
@SuppressWarnings("DoNotCallSuggester") // until the changelogs follow
public final class Migrations {

    private Migrations() {}

    /** Applies what is pending, under Liquibase's lock; a second run changes nothing. */
    public static void apply(DatabaseSettings settings) {
        Objects.requireNonNull(settings, "settings");
        throw new UnsupportedOperationException("follows");
    }

    /** Ids of the migrations that {@link #apply} would apply, in order. */
    public static List<String> pending(DatabaseSettings settings) {
        Objects.requireNonNull(settings, "settings");
        throw new UnsupportedOperationException("follows");
    }
}
