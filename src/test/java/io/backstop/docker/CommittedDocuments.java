package io.backstop.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Files below {@code docker/} as trees, anchors and merges of YAML resolved. */
final class CommittedDocuments {
  private static final ObjectMapper JSON = new ObjectMapper();

  private CommittedDocuments() {}

  static JsonNode yaml(String file) {
    var reader = new Yaml(new SafeConstructor(new LoaderOptions()));
    return JSON.valueToTree(reader.load(text(file)));
  }

  static JsonNode dashboard() {
    try {
      return JSON.readTree(text("docker/grafana/dashboards/backstop.json"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Stream<JsonNode> elements(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  static String text(String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
