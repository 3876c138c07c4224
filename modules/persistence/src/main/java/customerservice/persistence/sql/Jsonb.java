package customerservice.persistence.sql;

import customerservice.domain.customer.Address;
import customerservice.domain.customer.CountryCode;
import customerservice.domain.customer.Customer;
import customerservice.domain.customer.CustomerId;
import customerservice.domain.customer.CustomerStatus;
import customerservice.domain.customer.EmailAddress;
import customerservice.domain.customer.FieldChange;
import customerservice.domain.customer.PhoneNumber;
import java.io.StringWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** The {@code jsonb} columns. Only this class writes them, of this release or a later one, except for metadata. */
public final class Jsonb {

    private static final JsonFactory JSON = JsonFactory.builder().build();

    private Jsonb() {}

    public static String ofMetadata(Map<String, String> metadata) {
        return metadata.isEmpty() ? "{}" : write(json -> writeMetadata(json, metadata));
    }

    public static String ofAddress(Address address) {
        return write(json -> writeAddress(json, address));
    }

    /** {@code [["name",null,"Ada"],…]}: field, before, after. */
    public static String ofChanges(List<FieldChange> changes) {
        return write(json -> {
            json.writeStartArray();
            for (FieldChange change : changes) {
                json.writeStartArray();
                json.writeString(change.field());
                writeOptional(json, change.from());
                writeOptional(json, change.to());
                json.writeEndArray();
            }
            json.writeEndArray();
        });
    }

    /** A whole customer, as an idempotency record's answer. */
    public static String ofCustomer(Customer customer) {
        return write(json -> {
            json.writeStartObject();
            json.writeStringProperty("id", customer.id().toString());
            json.writeStringProperty("name", customer.name());
            json.writeStringProperty("email", customer.email().value());
            customer.phone().ifPresent(phone -> json.writeStringProperty("phone", phone.value()));
            json.writeStringProperty("status", customer.status().label());
            customer.address().ifPresent(address -> writeAddress(json.writeName("address"), address));
            writeMetadata(json.writeName("metadata"), customer.metadata());
            json.writeNumberProperty("version", customer.version());
            json.writeNumberProperty("created_at", customer.createdAt().toEpochMilli());
            json.writeNumberProperty("updated_at", customer.updatedAt().toEpochMilli());
            json.writeEndObject();
        });
    }

    public static Map<String, String> metadata(String text) {
        return text.equals("{}") ? Map.of() : read(text, Jsonb::readMetadata);
    }

    public static Address address(String text) {
        return read(text, Jsonb::readAddress);
    }

    /** What a later release has added to a change is left out, and so is what is no change. */
    public static List<FieldChange> changes(String text) {
        return read(text, json -> {
            var changes = new ArrayList<FieldChange>();
            while (json.currentToken() != null && json.nextToken() != JsonToken.END_ARRAY) {
                if (json.currentToken() != JsonToken.START_ARRAY) {
                    json.skipChildren();
                    continue;
                }
                var parts = new ArrayList<Optional<String>>(3);
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    parts.add(scalar(json));
                }
                if (parts.size() >= 3 && parts.getFirst().isPresent()) {
                    changes.add(new FieldChange(parts.getFirst().get(), parts.get(1), parts.get(2)));
                }
            }
            return changes;
        });
    }

    /**
     * Of an idempotency record's answer. What a later release has added is left out.
     *
     * @return none if what this release needs is not there, or in another form
     */
    public static Optional<Customer> customer(String text) {
        return read(text, json -> {
            var values = new HashMap<String, String>();
            Map<String, String> address = Map.of();
            Map<String, String> metadata = Map.of();
            while (json.nextToken() != JsonToken.END_OBJECT) {
                String name = json.currentName();
                boolean object = json.nextToken() == JsonToken.START_OBJECT;
                if (object && name.equals("address")) {
                    address = readMetadata(json);
                } else if (object && name.equals("metadata")) {
                    metadata = readMetadata(json);
                } else {
                    scalar(json).ifPresent(value -> values.put(name, value));
                }
            }
            try {
                return Optional.of(customer(values, address, metadata));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        });
    }

    private static Customer customer(
            Map<String, String> values, Map<String, String> address, Map<String, String> metadata) {
        return new Customer(
                new CustomerId(UUID.fromString(required(values, "id"))),
                required(values, "name"),
                new EmailAddress(required(values, "email")),
                Optional.ofNullable(values.get("phone")).map(PhoneNumber::new),
                CustomerStatus.ofLabel(required(values, "status")).orElse(CustomerStatus.UNKNOWN),
                address.isEmpty() ? Optional.empty() : Optional.of(address(address)),
                metadata,
                Long.parseLong(required(values, "version")),
                Instant.ofEpochMilli(Long.parseLong(required(values, "created_at"))),
                Instant.ofEpochMilli(Long.parseLong(required(values, "updated_at"))));
    }

    private static String required(Map<String, String> values, String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("without " + name);
        }
        return value;
    }

    /** None for null, arrays and objects; these are skipped. */
    private static Optional<String> scalar(JsonParser json) {
        if (json.currentToken().isScalarValue() && json.currentToken() != JsonToken.VALUE_NULL) {
            return Optional.of(json.getString());
        }
        json.skipChildren();
        return Optional.empty();
    }

    private static void writeMetadata(JsonGenerator json, Map<String, String> metadata) {
        json.writeStartObject();
        metadata.forEach(json::writeStringProperty);
        json.writeEndObject();
    }

    private static Map<String, String> readMetadata(JsonParser json) {
        var metadata = new TreeMap<String, String>();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String key = json.currentName();
            JsonToken value = json.nextToken();
            if (value.isScalarValue() && value != JsonToken.VALUE_NULL) {
                metadata.put(key, json.getString());
            } else {
                // Nothing that this service wrote.
                json.skipChildren();
            }
        }
        return Collections.unmodifiableMap(metadata);
    }

    private static void writeAddress(JsonGenerator json, Address address) {
        json.writeStartObject();
        json.writeStringProperty("line1", address.line1());
        address.line2().ifPresent(line2 -> json.writeStringProperty("line2", line2));
        json.writeStringProperty("city", address.city());
        address.region().ifPresent(region -> json.writeStringProperty("region", region));
        address.postalCode().ifPresent(postalCode -> json.writeStringProperty("postal_code", postalCode));
        json.writeStringProperty("country", address.country().value());
        json.writeEndObject();
    }

    private static Address readAddress(JsonParser json) {
        return address(readMetadata(json));
    }

    private static Address address(Map<String, String> parts) {
        return new Address(
                required(parts, "line1"),
                Optional.ofNullable(parts.get("line2")),
                required(parts, "city"),
                Optional.ofNullable(parts.get("region")),
                Optional.ofNullable(parts.get("postal_code")),
                new CountryCode(required(parts, "country")));
    }

    private static void writeOptional(JsonGenerator json, Optional<String> value) {
        if (value.isPresent()) {
            json.writeString(value.get());
        } else {
            json.writeNull();
        }
    }

    private static String write(Consumer<JsonGenerator> value) {
        var text = new StringWriter(256);
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
            value.accept(json);
        }
        return text.toString();
    }

    private static <T> T read(String text, Function<JsonParser, T> value) {
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), text)) {
            json.nextToken();
            return value.apply(json);
        }
    }
}
