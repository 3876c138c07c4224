package customerservice.api.customers;

import static customerservice.api.json.JsonOutput.ascii;

import customerservice.api.json.JsonInput;
import customerservice.api.json.JsonOutput;
import customerservice.domain.Violations;
import customerservice.domain.customer.Address;
import customerservice.domain.customer.AddressDraft;
import customerservice.domain.customer.Customer;
import customerservice.domain.customer.CustomerDraft;
import customerservice.domain.customer.NormalizedText;
import customerservice.domain.customer.PhoneNumber;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A customer's wire form. */
final class CustomerJson {

    private static final byte[] ID = ascii("{\"id\":");
    private static final byte[] NAME = ascii(",\"name\":");
    private static final byte[] EMAIL = ascii(",\"email\":");
    private static final byte[] PHONE = ascii(",\"phone\":");
    private static final byte[] STATUS = ascii(",\"status\":");
    private static final byte[] ADDRESS = ascii(",\"address\":");
    private static final byte[] METADATA = ascii(",\"metadata\":{");
    private static final byte[] VERSION = ascii("},\"version\":");
    private static final byte[] CREATED_AT = ascii(",\"created_at\":");
    private static final byte[] UPDATED_AT = ascii(",\"updated_at\":");

    private static final byte[] LINE1 = ascii("{\"line1\":");
    private static final byte[] LINE2 = ascii(",\"line2\":");
    private static final byte[] CITY = ascii(",\"city\":");
    private static final byte[] REGION = ascii(",\"region\":");
    private static final byte[] POSTAL_CODE = ascii(",\"postal_code\":");
    private static final byte[] COUNTRY = ascii(",\"country\":");

    /** What a merge patch is applied to while it is only looked at. */
    static final CustomerDraft EMPTY = new CustomerDraft(null, null, null, null, null, null);
    private static final AddressDraft NO_ADDRESS = new AddressDraft(null, null, null, null, null, null);

    private CustomerJson() {}

    static void write(Customer customer, JsonOutput out) {
        out.raw(ID).uuid(customer.id().value());
        out.raw(NAME).string(customer.name());
        out.raw(EMAIL).string(customer.email().value());
        out.raw(PHONE);
        Optional<PhoneNumber> phone = customer.phone();
        if (phone.isPresent()) {
            out.string(phone.get().value());
        } else {
            out.nothing();
        }
        out.raw(STATUS).string(customer.status().label());
        out.raw(ADDRESS);
        Optional<Address> address = customer.address();
        if (address.isPresent()) {
            write(address.get(), out);
        } else {
            out.nothing();
        }
        out.raw(METADATA);
        write(customer.metadata(), out);
        out.raw(VERSION).number(customer.version());
        out.raw(CREATED_AT).time(customer.createdAt());
        out.raw(UPDATED_AT).time(customer.updatedAt());
        out.raw('}');
    }

    private static void write(Address address, JsonOutput out) {
        out.raw(LINE1).string(address.line1());
        optional(LINE2, address.line2(), out);
        out.raw(CITY).string(address.city());
        optional(REGION, address.region(), out);
        optional(POSTAL_CODE, address.postalCode(), out);
        out.raw(COUNTRY).string(address.country().value());
        out.raw('}');
    }

    private static void write(Map<String, String> metadata, JsonOutput out) {
        if (metadata.isEmpty()) {
            return;
        }
        boolean first = true;
        for (Map.Entry<String, String> entry : metadata.entrySet()) {
            if (!first) {
                out.raw(',');
            }
            first = false;
            out.string(entry.getKey()).raw(':').string(entry.getValue());
        }
    }

    private static void optional(byte[] name, Optional<String> value, JsonOutput out) {
        out.raw(name);
        if (value.isPresent()) {
            out.string(value.get());
        } else {
            out.nothing();
        }
    }

    /** Reads a whole customer. */
    static CustomerDraft read(JsonInput in, Violations violations) {
        return merge(in, EMPTY, violations);
    }

    /**
     * Reads a merge patch (RFC 7396) onto a customer: what it does not name stays, what it names null goes. Onto the
     * empty draft the same is the reading of a whole customer, but for nulls in metadata, which say nothing there.
     */
    static CustomerDraft merge(JsonInput in, CustomerDraft current, Violations violations) {
        String name = current.name();
        String email = current.email();
        String phone = current.phone();
        String status = current.status();
        AddressDraft address = current.address();
        Map<String, String> metadata = current.metadata();
        for (String field = in.nextField(); field != null; field = in.nextField()) {
            switch (field) {
                case "name" -> name = in.text(violations);
                case "email" -> email = in.text(violations);
                case "phone" -> phone = in.text(violations);
                case "status" -> status = in.text(violations);
                case "address" -> address = address(in, address, violations);
                case "metadata" -> metadata = metadata(in, metadata, violations);
                case "id", "version", "created_at", "updated_at" ->
                    in.reject(violations, "read_only", "is set by the service");
                default -> in.unknown(violations);
            }
        }
        return new CustomerDraft(name, email, phone, status, address, metadata);
    }

    private static AddressDraft address(JsonInput in, AddressDraft current, Violations violations) {
        if (in.isNull()) {
            return null;
        }
        if (!in.beginsObject(violations)) {
            return current;
        }
        AddressDraft base = current == null ? NO_ADDRESS : current;
        String line1 = base.line1();
        String line2 = base.line2();
        String city = base.city();
        String region = base.region();
        String postalCode = base.postalCode();
        String country = base.country();
        for (String field = in.nextField(); field != null; field = in.nextField()) {
            switch (field) {
                case "line1" -> line1 = in.text(violations);
                case "line2" -> line2 = in.text(violations);
                case "city" -> city = in.text(violations);
                case "region" -> region = in.text(violations);
                case "postal_code" -> postalCode = in.text(violations);
                case "country" -> country = in.text(violations);
                default -> in.unknown(violations);
            }
        }
        return new AddressDraft(line1, line2, city, region, postalCode, country);
    }

    private static Map<String, String> metadata(JsonInput in, Map<String, String> current, Violations violations) {
        if (in.isNull()) {
            return null;
        }
        if (!in.beginsObject(violations)) {
            return current;
        }
        Map<String, String> metadata = current == null ? new LinkedHashMap<>() : new LinkedHashMap<>(current);
        List<String> unnormalized = metadata.keySet().stream().filter(key -> !key.equals(normalized(key))).toList();
        // Apart, so that of two spellings of one key that the caller gives neither takes the other's place unseen.
        Map<String, String> given = new LinkedHashMap<>();
        for (String key = in.nextField(); key != null; key = in.nextField()) {
            if (in.isText()) {
                remove(key, metadata, unnormalized);
                given.put(key, in.text(violations));
            } else if (in.isNull()) {
                remove(key, metadata, unnormalized);
            } else {
                in.reject(violations, "invalid_type", "must be a string");
            }
        }
        metadata.putAll(given);
        return metadata;
    }

    /** @param unnormalized those of the keys that are not in NFC: they were stored before that was the rule */
    private static void remove(String key, Map<String, String> metadata, List<String> unnormalized) {
        String normalized = normalized(key);
        metadata.remove(normalized);
        for (String other : unnormalized) {
            if (normalized(other).equals(normalized)) {
                metadata.remove(other);
            }
        }
    }

    private static String normalized(String key) {
        return NormalizedText.of(key, Customer.MAX_METADATA_KEY);
    }
}
