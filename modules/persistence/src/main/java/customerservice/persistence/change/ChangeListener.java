package customerservice.persistence.change;

import java.util.UUID;

/** Has to know of changes of one {@link Topic}; called on the feed's own thread, which must not wait. */
public interface ChangeListener {

    /** This row has changed or is gone. */
    void changed(UUID id);

    /** Any row may have changed. */
    void anythingMayHaveChanged();
}
