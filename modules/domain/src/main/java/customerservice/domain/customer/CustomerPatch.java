package customerservice.domain.customer;

import customerservice.domain.Violations;

/** A partial change: makes of the draft that stands the draft that is wanted. May be applied more than once. */
@FunctionalInterface
public interface CustomerPatch {

    /** What does not fit goes to {@code violations}. */
    CustomerDraft applyTo(CustomerDraft current, Violations violations);
}
