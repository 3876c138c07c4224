package customerservice.domain;

import java.util.ArrayList;
import java.util.List;

/**
 * Gathers what is wrong with one request, so that the caller hears of everything at once. Keeps the first 100: a body
 * of nothing but mistakes must not become a larger answer. For one thread.
 */
public final class Violations {

    private static final int MAX = 100;

    private final List<Violation> found;

    /** Empty. */
    public Violations() {
        this.found = new ArrayList<>(0);
    }

    public void add(String pointer, String code, String detail) {
        if (found.size() < MAX) {
            found.add(new Violation(pointer, code, detail));
        }
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    /** Whether something was found at this pointer or below it. */
    public boolean concern(String pointer) {
        for (Violation violation : found) {
            String at = violation.pointer();
            if (at.startsWith(pointer) && (at.length() == pointer.length() || at.charAt(pointer.length()) == '/')) {
                return true;
            }
        }
        return false;
    }

    /** @throws DomainException.InvalidInput if anything was found */
    public void throwIfAny() {
        if (!found.isEmpty()) {
            throw new DomainException.InvalidInput(List.copyOf(found));
        }
    }
}
