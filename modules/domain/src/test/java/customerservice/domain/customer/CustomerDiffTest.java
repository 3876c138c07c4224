package customerservice.domain.customer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import customerservice.domain.Violations;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CustomerDiffTest {

    private static final CustomerId ID = new CustomerId(new UUID(1, 2));

    @Test
    void aNewCustomerIsAChangeFromNothingInTheWireFormsOrder() {
        List<FieldChange> changes = CustomerDiff.ofNew(customer(Drafts.ADA));

        assertEquals(
                List.of("name", "email", "phone", "status", "address.line1", "address.city", "address.postal_code",
                        "address.country", "metadata.tier"),
                changes.stream().map(FieldChange::field).toList());
        assertEquals(List.of(), changes.stream().filter(change -> change.from().isPresent()).toList());
    }

    @Test
    void theSameCustomerDoesNotDiffer() {
        assertEquals(List.of(), CustomerDiff.between(customer(Drafts.ADA), customer(Drafts.ADA)));
    }

    @Test
    void versionAndTimesAreNobodysChange() {
        Customer ada = customer(Drafts.ADA);
        var later = new Customer(ada.id(), ada.name(), ada.email(), ada.phone(), ada.status(), ada.address(),
                ada.metadata(), 9, ada.createdAt(), Instant.MAX);

        assertEquals(List.of(), CustomerDiff.between(ada, later));
    }

    @Test
    void aChangedFieldHasBothValues() {
        assertEquals(
                List.of(new FieldChange("name", Optional.of("Ada Lovelace"), Optional.of("Ada King"))),
                CustomerDiff.between(customer(Drafts.ADA), customer(Drafts.withName("Ada King"))));
    }

    @Test
    void anAddressThatGoesLeavesPartByPart() {
        assertEquals(
                List.of(
                        new FieldChange("address.line1", Optional.of("12 St James's Square"), Optional.empty()),
                        new FieldChange("address.city", Optional.of("London"), Optional.empty()),
                        new FieldChange("address.postal_code", Optional.of("SW1Y 4JH"), Optional.empty()),
                        new FieldChange("address.country", Optional.of("GB"), Optional.empty())),
                CustomerDiff.between(customer(Drafts.ADA), customer(Drafts.withAddress(null))));
    }

    @Test
    void partsOfAnAddressChangeAlone() {
        var moved = new AddressDraft("12 St James's Square", "Flat 2", "London", "Greater London", "SW1Y 4JH", "GB");

        assertEquals(
                List.of(
                        new FieldChange("address.line2", Optional.empty(), Optional.of("Flat 2")),
                        new FieldChange("address.region", Optional.empty(), Optional.of("Greater London"))),
                CustomerDiff.between(customer(Drafts.ADA), customer(Drafts.withAddress(moved))));
    }

    @Test
    void metadataEntriesComeGoAndChangeInKeyOrder() {
        Customer before = customer(Drafts.withMetadata(Map.of("a", "1", "b", "2")));
        Customer after = customer(Drafts.withMetadata(Map.of("b", "3", "c", "4")));

        assertEquals(
                List.of(
                        new FieldChange("metadata.a", Optional.of("1"), Optional.empty()),
                        new FieldChange("metadata.b", Optional.of("2"), Optional.of("3")),
                        new FieldChange("metadata.c", Optional.empty(), Optional.of("4"))),
                CustomerDiff.between(before, after));
    }

    @Test
    void theTrailNamesTopLevelFieldsOnce() {
        assertEquals(
                List.of("name", "email", "phone", "status", "address", "metadata"),
                CustomerDiff.fields(CustomerDiff.ofNew(customer(Drafts.ADA))));
    }

    /** Keys are the callers' words, and may be personal. */
    @Test
    void theTrailDoesNotNameMetadataKeys() {
        var dotted = List.of(new FieldChange("metadata.ada@example.com", Optional.empty(), Optional.of("1")));

        assertEquals(List.of("metadata"), CustomerDiff.fields(dotted));
    }

    private static Customer customer(CustomerDraft draft) {
        CustomerDetails details = CustomerDetails.of(draft, new Violations());
        return new Customer(ID, details.name(), details.email(), details.phone(), details.status(), details.address(),
                details.metadata(), 1, Instant.EPOCH, Instant.EPOCH);
    }
}
