package customerservice.image;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** A CycloneDX bill of materials: Maven's, less what is not linked, and with the JDK and the copied files that are. */
final class BillOfMaterials {

    private final Map<String, Object> bill;

    private BillOfMaterials(Map<String, Object> bill) {
        this.bill = bill;
    }

    static BillOfMaterials read(Path file) throws IOException {
        return new BillOfMaterials(JsonFile.read(file));
    }

    /** The licence that this artifact declares, as its SPDX identifier or name. */
    String licence(LinkedModule module) {
        return components().stream()
                .filter(component -> module.isFrom(jarName(component)))
                .flatMap(component -> objects(component.get("licenses")).stream())
                .map(choice -> choice.get("license") instanceof Map<?, ?> licence
                        ? String.valueOf(licence.containsKey("id") ? licence.get("id") : licence.get("name"))
                        : String.valueOf(choice.get("expression")))
                .findFirst()
                .orElse("none declared");
    }

    /**
     * Writes what is linked, each component with its module's name.
     *
     * @param copied components of which files are in modules of ours
     */
    void write(Path file, List<LinkedModule> linked, List<Map<String, Object>> copied) throws IOException {
        var kept = new ArrayList<Map<String, Object>>();
        var references = new HashSet<Object>();
        for (LinkedModule module : linked) {
            if (!module.isOfTheJdk()) {
                Map<String, Object> component = component(module);
                kept.add(component);
                references.add(component.get("bom-ref"));
            }
        }
        kept.addAll(copied);
        Map<String, Object> jdk = jdk(linked);
        kept.add(jdk);
        List<Object> direct = Stream.concat(copied.stream(), Stream.of(jdk)).map(part -> part.get("bom-ref")).toList();
        var whole = new LinkedHashMap<>(bill);
        whole.put("components", kept);
        whole.put("dependencies", dependencies(references, direct));
        JsonFile.write(file, whole);
    }

    private Map<String, Object> component(LinkedModule module) {
        Map<String, Object> found = components().stream()
                .filter(component -> module.isFrom(jarName(component)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(module.name() + " has no component"));
        var named = new LinkedHashMap<>(found);
        named.put("properties", List.of(property("jpms:module", module.name())));
        return named;
    }

    private static Map<String, Object> jdk(List<LinkedModule> linked) {
        var jdk = new LinkedHashMap<String, Object>();
        String version = System.getProperty("java.runtime.version");
        jdk.put("type", "platform");
        jdk.put("bom-ref", "jdk");
        jdk.put("publisher", System.getProperty("java.vendor"));
        jdk.put("name", "OpenJDK");
        jdk.put("version", version);
        jdk.put("cpe", "cpe:2.3:a:oracle:openjdk:" + System.getProperty("java.version") + ":*:*:*:*:*:*:*");
        jdk.put("licenses", List.of(Map.of("expression", "GPL-2.0-only WITH Classpath-exception-2.0")));
        jdk.put("properties", linked.stream()
                .filter(LinkedModule::isOfTheJdk)
                .map(module -> property("jpms:module", module.name()))
                .toList());
        return jdk;
    }

    /** The edges between what is left, and those from the whole to what Maven does not know. */
    private List<Map<String, Object>> dependencies(Set<Object> references, List<Object> direct) {
        Object root = ((Map<?, ?>) ((Map<?, ?>) bill.get("metadata")).get("component")).get("bom-ref");
        var edges = new ArrayList<Map<String, Object>>();
        for (Map<String, Object> edge : objects(bill.get("dependencies"))) {
            if (references.contains(edge.get("ref")) || Objects.equals(edge.get("ref"), root)) {
                var targets = new ArrayList<Object>((List<?>) edge.getOrDefault("dependsOn", List.of()));
                targets.retainAll(references);
                if (Objects.equals(edge.get("ref"), root)) {
                    targets.addAll(direct);
                }
                edges.add(edge(edge.get("ref"), targets));
            }
        }
        return edges;
    }

    // Not Map.of, whose order differs from one run to the next.
    private static Map<String, Object> edge(Object reference, List<Object> targets) {
        var edge = new LinkedHashMap<String, Object>();
        edge.put("ref", reference);
        edge.put("dependsOn", targets);
        return edge;
    }

    private List<Map<String, Object>> components() {
        return objects(bill.get("components"));
    }

    private static String jarName(Map<String, Object> component) {
        return component.get("name") + "-" + component.get("version") + ".jar";
    }

    private static Map<String, Object> property(String name, String value) {
        var property = new LinkedHashMap<String, Object>();
        property.put("name", name);
        property.put("value", value);
        return property;
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> objects(Object array) {
        return array == null ? List.of() : (List<Map<String, Object>>) array;
    }
}
