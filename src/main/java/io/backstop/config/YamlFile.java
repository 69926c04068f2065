package io.backstop.config;

import io.backstop.config.ConfigLayer.Given;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * The configuration file, read into full keys that remember their line, so that a message can name
 * it.
 */
final class YamlFile {
  private static final String ROOT = "backstop";
  private static final int MAX_DEPTH = 20;

  private final Path file;
  private final Map<String, Given> values = new LinkedHashMap<>();

  private YamlFile(Path file) {
    this.file = file;
  }

  /**
   * @throws StartupException when the file cannot be read, is not YAML, has a key twice or has
   *     another top-level key than {@code backstop}
   */
  static Map<String, Given> read(Path file) {
    var yaml = new YamlFile(file);
    var root = yaml.parse(yaml.text());
    if (root != null && !isNull(root)) {
      yaml.addRoot(root);
    }
    return yaml.values;
  }

  private String text() {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new StartupException("configuration file " + file + " does not exist", e);
    } catch (CharacterCodingException e) {
      throw new StartupException("configuration file " + file + " is not UTF-8 text", e);
    } catch (IOException | UncheckedIOException e) {
      var why = Files.isDirectory(file) ? "it is a directory" : e.getMessage();
      throw new StartupException("configuration file " + file + " cannot be read: " + why, e);
    }
  }

  private Node parse(String text) {
    try {
      return new Yaml(new LoaderOptions()).compose(new StringReader(text));
    } catch (MarkedYAMLException e) {
      var mark = e.getProblemMark();
      var line = mark == null ? "" : ", line " + (mark.getLine() + 1);
      throw new StartupException(file + line + ": not valid YAML: " + oneLine(e.getProblem()), e);
    } catch (YAMLException e) {
      throw new StartupException(file + ": not valid YAML: " + oneLine(e.getMessage()), e);
    }
  }

  private void addRoot(Node root) {
    if (!(root instanceof MappingNode mapping)) {
      throw new StartupException(at(root) + ": expected 'backstop:' and settings below it");
    }
    var unknown =
        mapping.getValue().stream()
            .filter(entry -> !ROOT.equals(key(entry)))
            .map(entry -> key(entry) + " (line " + line(entry.getKeyNode()) + ")")
            .collect(Collectors.joining(", "));
    if (!unknown.isEmpty()) {
      throw new StartupException(
          file + ": unknown top-level key " + unknown + "; every setting stands below 'backstop:'");
    }
    addMapping("", mapping, 0);
  }

  private void addMapping(String prefix, MappingNode mapping, int depth) {
    var firstLines = new LinkedHashMap<String, Integer>();
    for (var entry : mapping.getValue()) {
      var key = prefix.isEmpty() ? key(entry) : prefix + "." + quoted(key(entry));
      var first = firstLines.putIfAbsent(key, line(entry.getKeyNode()));
      if (first != null) {
        throw new StartupException(
            at(entry.getKeyNode()) + ": " + key + " is there twice, first in line " + first);
      }
      add(key, entry, depth + 1);
    }
  }

  private void add(String key, NodeTuple entry, int depth) {
    var node = entry.getValueNode();
    if (depth > MAX_DEPTH) {
      throw new StartupException(at(entry.getKeyNode()) + ": " + key + " is nested too deeply");
    } else if (node instanceof MappingNode mapping) {
      addMapping(key, mapping, depth);
    } else if (node instanceof SequenceNode list) {
      put(key, entry, joined(key, list.getValue()));
    } else if (isNull(node)) {
      if (!ROOT.equals(key)) {
        put(key, entry, "");
      }
    } else {
      put(key, entry, ((ScalarNode) node).getValue());
    }
  }

  private void put(String key, NodeTuple entry, String value) {
    var previous = values.put(key, new Given(value, at(entry.getKeyNode())));
    if (previous != null) {
      throw new StartupException(
          at(entry.getKeyNode()) + ": " + key + " is there twice, first in " + previous.where());
    }
  }

  private String joined(String key, List<Node> items) {
    return items.stream()
        .map(
            item -> {
              if (item instanceof ScalarNode scalar) {
                return scalar.getValue();
              }
              throw new StartupException(at(item) + ": " + key + " can list plain values only");
            })
        .collect(Collectors.joining(","));
  }

  private String key(NodeTuple entry) {
    if (entry.getKeyNode() instanceof ScalarNode scalar) {
      return scalar.getValue();
    }
    throw new StartupException(at(entry.getKeyNode()) + ": a key must be plain text");
  }

  private String at(Node node) {
    return file + ", line " + line(node);
  }

  private static int line(Node node) {
    return node.getStartMark().getLine() + 1;
  }

  private static boolean isNull(Node node) {
    return Tag.NULL.equals(node.getTag());
  }

  private static String quoted(String key) {
    return key.contains(".") ? "\"" + key + "\"" : key;
  }

  private static String oneLine(String text) {
    return String.valueOf(text).replaceAll("\\s+", " ").trim();
  }
}
