package customerservice.domain.identity;

/** A partial change: makes of the user that stands the user that is wanted. May be applied more than once. */
@FunctionalInterface
public interface UserPatch {

    /** Only role and state may differ. */
    User applyTo(User current);
}
