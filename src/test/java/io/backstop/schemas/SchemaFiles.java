package io.backstop.schemas;

import io.backstop.action.ActionRequest;
import io.backstop.serde.PlainSchema;
import io.backstop.testing.CommittedFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaFormatter;
import org.apache.avro.specific.SpecificData;

/** The schemas in their directory, now and in their history. */
final class SchemaFiles {
  private static final Path SCHEMAS = Path.of("schemas");
  private static final Path HISTORY = SCHEMAS.resolve("history");

  private SchemaFiles() {}

  /** Names as below the directory: {@code ActionRequest}, {@code state/InFlightWork}. */
  static List<String> names() {
    try (Stream<Path> files = Files.walk(SCHEMAS)) {
      return files
          .filter(file -> file.toString().endsWith(".avsc") && !file.startsWith(HISTORY))
          .map(file -> SCHEMAS.relativize(file).toString().replace(".avsc", ""))
          .map(name -> name.replace('\\', '/'))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As compiled, self-contained, without Java's hints. */
  static Schema current(String name) {
    try {
      var simpleName = name.substring(name.lastIndexOf('/') + 1);
      var type = Class.forName(ActionRequest.class.getPackageName() + "." + simpleName);
      return PlainSchema.of(SpecificData.get().getSchema(type));
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("no class was generated for " + name, e);
    }
  }

  /** Oldest first. */
  static List<Schema> history(String name) {
    var versions = new ArrayList<Schema>();
    for (var file = version(name, 1);
        Files.exists(file);
        file = version(name, versions.size() + 1)) {
      versions.add(parse(file));
    }
    return versions;
  }

  static Path version(String name, int number) {
    return HISTORY.resolve(name).resolve("v" + number + ".avsc");
  }

  static void addVersion(String name, Schema schema) {
    CommittedFile.write(
        version(name, history(name).size() + 1),
        SchemaFormatter.format("json/pretty", schema) + "\n");
  }

  private static Schema parse(Path file) {
    try {
      return new Schema.Parser().parse(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
