package io.backstop.serde;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/** The committed versions of a schema, read from the classpath. */
final class SchemaHistory {
  private static final String ROOT = "/schemas/history/";

  private SchemaHistory() {}

  /**
   * @param name as below the history directory, for example {@code state/InFlightWork}
   * @return oldest first
   */
  static List<Schema> of(String name) {
    var versions = new ArrayList<Schema>();
    while (true) {
      var resource = ROOT + name + "/v" + (versions.size() + 1) + ".avsc";
      try (var content = SchemaHistory.class.getResourceAsStream(resource)) {
        if (content == null) {
          return versions;
        }
        versions.add(new Schema.Parser().parse(content));
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read " + resource, e);
      }
    }
  }
}
