package io.backstop.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.testing.CommittedFile;
import io.confluent.kafka.schemaregistry.CompatibilityLevel;
import io.confluent.kafka.schemaregistry.ParsedSchemaHolder;
import io.confluent.kafka.schemaregistry.SimpleParsedSchemaHolder;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaCompatibilityTest {

  static List<String> names() {
    return SchemaFiles.names();
  }

  private static List<String> incompatibilities(Schema current, List<Schema> history) {
    var versions =
        history.stream()
            .<ParsedSchemaHolder>map(each -> new SimpleParsedSchemaHolder(new AvroSchema(each)))
            .toList();
    return new AvroSchema(current).isCompatible(CompatibilityLevel.FULL_TRANSITIVE, versions);
  }

  @ParameterizedTest
  @MethodSource("names")
  void shouldBeCompatibleWithAllItsHistory(String name) {
    var current = SchemaFiles.current(name);
    var history = SchemaFiles.history(name);

    var incompatibilities = incompatibilities(current, history);

    assertThat(incompatibilities)
        .as("%s: a field may be added or removed only when it has a default", name)
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("names")
  void shouldHaveItsCurrentFormAsTheNewestVersionOfItsHistory(String name) {
    var current = SchemaFiles.current(name);
    if (CommittedFile.isToBeWritten() && !isNewest(current, name)) {
      SchemaFiles.addVersion(name, current);
    }

    assertThat(isNewest(current, name))
        .as(
            "%s has changed since %s: run this test with -D%s=true to add the next version, and"
                + " commit it",
            name, SchemaFiles.version(name, SchemaFiles.history(name).size()), CommittedFile.WRITE)
        .isTrue();
  }

  private static boolean isNewest(Schema current, String name) {
    var history = SchemaFiles.history(name);
    return !history.isEmpty()
        && history.get(history.size() - 1).toString().equals(current.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a required field is added",
        "a required field is removed",
        "a type is changed",
        "a symbol is removed without a default",
        "the record is renamed"
      })
  void shouldRefuseAChangeThatBreaksReaders(String change) {
    var before =
        """
        {"type":"record","name":"Item","fields":[
          {"name":"id","type":"string"},{"name":"count","type":"int","default":0},
          {"name":"kind","type":{"type":"enum","name":"Kind","symbols":["A","B"]}}]}
        """;
    UnaryOperator<String> mutation =
        switch (change) {
          case "a required field is added" ->
              json -> json.replace("]}}]}", "]}},{\"name\":\"new\",\"type\":\"int\"}]}");
          case "a required field is removed" ->
              json -> json.replace("{\"name\":\"id\",\"type\":\"string\"},", "");
          case "a type is changed" ->
              json -> json.replace("\"int\"", "\"boolean\"").replace("0", "true");
          case "a symbol is removed without a default" -> json -> json.replace(",\"B\"", "");
          default -> json -> json.replace("\"Item\"", "\"Thing\"");
        };
    var history = List.of(new Schema.Parser().parse(before));
    var after = new Schema.Parser().parse(mutation.apply(before));

    assertThat(incompatibilities(after, history)).isNotEmpty();
  }

  @Test
  void shouldRefuseARequestWithoutItsPayload() {
    var request = SchemaFiles.current("ActionRequest");
    var json = request.toString().replace("\"name\":\"payload\"", "\"name\":\"body\"");

    var incompatibilities = incompatibilities(new Schema.Parser().parse(json), List.of(request));

    assertThat(incompatibilities).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("names")
  void shouldExplainEveryField(String name) {
    var schema = SchemaFiles.current(name);

    assertThat(schema.getDoc()).as(name).isNotBlank();
    if (schema.getType() == Schema.Type.RECORD) {
      assertThat(schema.getFields())
          .allSatisfy(field -> assertThat(field.doc()).as(name + "." + field.name()).isNotBlank());
    }
  }
}
