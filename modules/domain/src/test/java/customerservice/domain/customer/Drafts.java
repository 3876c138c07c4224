package customerservice.domain.customer;

import java.util.Map;

/** Drafts for tests: a good one, and the same with one thing changed. */
final class Drafts {

    static final AddressDraft ADDRESS = new AddressDraft("12 St James's Square", null, "London", null, "SW1Y 4JH",
            "GB");
    static final CustomerDraft ADA = new CustomerDraft(
            "Ada Lovelace", "ada@example.com", "+441234567890", "active", ADDRESS, Map.of("tier", "gold"));

    private Drafts() {}

    static CustomerDraft withName(String name) {
        return new CustomerDraft(name, ADA.email(), ADA.phone(), ADA.status(), ADA.address(), ADA.metadata());
    }

    static CustomerDraft withEmail(String email) {
        return new CustomerDraft(ADA.name(), email, ADA.phone(), ADA.status(), ADA.address(), ADA.metadata());
    }

    static CustomerDraft withAddress(AddressDraft address) {
        return new CustomerDraft(ADA.name(), ADA.email(), ADA.phone(), ADA.status(), address, ADA.metadata());
    }

    static CustomerDraft withMetadata(Map<String, String> metadata) {
        return new CustomerDraft(ADA.name(), ADA.email(), ADA.phone(), ADA.status(), ADA.address(), metadata);
    }
}
