package customerservice.app.configuration;

import customerservice.app.configuration.Setting.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.YamlUnicodeReader;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/** Reads the YAML file into settings. Loaded only if there is a file: the parser costs start-up time. */
final class YamlFile {

    private final Path file;
    private final Settings settings;

    private YamlFile(Path file, Settings settings) {
        this.file = file;
        this.settings = settings;
    }

    static void read(Path file, Settings settings) {
        new YamlFile(file, settings).read();
    }

    private void read() {
        LoadSettings load = LoadSettings.builder().setLabel(file.toString()).build();
        try (InputStream in = Files.newInputStream(file)) {
            Optional<Node> root = new Composer(load,
                    new ShallowParser(load, new StreamReader(load, new YamlUnicodeReader(in)))).getSingleNode();
            if (root.isPresent() && !isNull(root.get())) {
                section(root.get(), "");
            }
        } catch (MarkedYamlEngineException e) {
            settings.problem(place(e.getProblemMark()) + ": not YAML: " + e.getProblem());
        } catch (YamlEngineException e) {
            settings.problem(file + ": not YAML: " + e.getMessage().lines().findFirst().orElse(""));
        } catch (IOException e) {
            settings.problem(file + ": cannot be read: " + e.getMessage());
        }
    }

    private void section(Node node, String prefix) {
        if (!(node instanceof MappingNode mapping)) {
            String name = prefix.isEmpty() ? "the file" : prefix.substring(0, prefix.length() - 1);
            settings.problem(origin(node), name, "expected a mapping of keys to values");
            return;
        }
        Map<String, Node> seen = new HashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode keyNode)) {
                settings.problem(origin(tuple.getKeyNode()) + ": expected a key's name");
                continue;
            }
            String name = prefix + keyNode.getValue();
            Node first = seen.putIfAbsent(name, keyNode);
            if (first != null) {
                settings.problem(origin(keyNode), name, "given twice, first in line " + line(first));
            } else {
                entry(name, keyNode, tuple.getValueNode());
            }
        }
    }

    private void entry(String name, ScalarNode keyNode, Node value) {
        if (keyNode.getValue().indexOf('.') >= 0) {
            settings.problem(origin(keyNode), name, "unknown key; a section's keys are indented below it");
            return;
        }
        Optional<Key<?>> key = KnownNames.keyInFile(name);
        if (key.isPresent()) {
            value(key.get(), value);
        } else if (KnownNames.isSection(name)) {
            if (!isNull(value)) {
                section(value, name + ".");
            }
        } else {
            settings.problem(origin(keyNode), name, KnownNames.unknownInFile(name));
        }
    }

    private void value(Key<?> key, Node node) {
        if (node instanceof ScalarNode scalar) {
            if (isNull(scalar)) {
                settings.problem(origin(node), key.name(), "has no value; leave the key out for the default");
            } else {
                settings.put(key, new Setting(scalar.getValue(), kind(scalar.getTag()), origin(node)));
            }
        } else if (node instanceof MappingNode mapping && key.type().accepts(Kind.MAP)) {
            map(key, mapping);
        } else if (node instanceof SequenceNode sequence && key.type().accepts(Kind.LIST)) {
            list(key, sequence);
        } else {
            settings.problem(origin(node), key.name(), "expected " + key.description());
        }
    }

    /** In the form that the environment has it in. */
    private void map(Key<?> key, MappingNode mapping) {
        var text = new StringBuilder();
        for (NodeTuple tuple : mapping.getValue()) {
            if (tuple.getKeyNode() instanceof ScalarNode name
                    && tuple.getValueNode() instanceof ScalarNode value
                    && !isNull(value)) {
                text.append(text.isEmpty() ? "" : ",")
                        .append(name.getValue())
                        .append('=')
                        .append(value.getValue());
            } else {
                settings.problem(origin(tuple.getKeyNode()), key.name(), "expected " + key.description());
                return;
            }
        }
        settings.put(key, new Setting(text.toString(), Kind.MAP, origin(mapping)));
    }

    /** In the form that the environment has it in. */
    private void list(Key<?> key, SequenceNode sequence) {
        var text = new StringBuilder();
        for (Node node : sequence.getValue()) {
            if (!(node instanceof ScalarNode scalar) || isNull(node)) {
                settings.problem(origin(node), key.name(), "expected " + key.description());
                return;
            }
            text.append(text.isEmpty() ? "" : ",").append(scalar.getValue());
        }
        settings.put(key, new Setting(text.toString(), Kind.LIST, origin(sequence)));
    }

    private static boolean isNull(Node node) {
        return Tag.NULL.equals(node.getTag());
    }

    private static Kind kind(Tag tag) {
        if (Tag.INT.equals(tag) || Tag.FLOAT.equals(tag)) {
            return Kind.NUMBER;
        }
        return Tag.BOOL.equals(tag) ? Kind.BOOLEAN : Kind.TEXT;
    }

    private String origin(Node node) {
        return place(node.getStartMark());
    }

    private static int line(Node node) {
        return node.getStartMark().map(Mark::getLine).orElse(0) + 1;
    }

    private String place(Optional<Mark> mark) {
        return mark.isEmpty() ? file.toString() : file + ":" + (mark.get().getLine() + 1);
    }
}
