package customerservice.persistence.change;

import java.util.Optional;

/** What triggers announce changes of, in the column {@code change_outbox.topic}. */
public enum Topic {

    CUSTOMER("customer"),
    /** Users and service accounts. */
    PRINCIPAL("principal");

    private final String label;

    Topic(String label) {
        this.label = label;
    }

    /** Empty for what only another release knows. */
    static Optional<Topic> ofLabel(String label) {
        for (Topic topic : values()) {
            if (topic.label.equals(label)) {
                return Optional.of(topic);
            }
        }
        return Optional.empty();
    }
}
