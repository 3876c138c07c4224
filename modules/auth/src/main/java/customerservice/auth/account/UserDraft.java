package customerservice.auth.account;

/**
 * A new user as a caller gave it, before the rules have been applied. {@code null} means that the caller gave nothing, as
 * in {@link customerservice.domain.CustomerDraft}.
 *
 * @param role its label
 * @param password whoever takes the draft wipes it
 */
@SuppressWarnings("ArrayRecordComponent") // so that the password can be wiped; it is never compared or shown
public record UserDraft(String username, String role, char[] password) {

    /** Leaves everything out. */
    @Override
    public String toString() {
        return "UserDraft";
    }
}
