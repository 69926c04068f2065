package io.backstop.devcluster.registry;

import io.backstop.devcluster.registry.SchemaContent.Reference;
import io.confluent.kafka.schemaregistry.ParsedSchema;
import io.confluent.kafka.schemaregistry.SchemaProvider;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import io.confluent.kafka.schemaregistry.client.SchemaVersionFetcher;
import io.confluent.kafka.schemaregistry.client.rest.entities.Schema;
import io.confluent.kafka.schemaregistry.client.rest.entities.SchemaReference;
import java.util.List;
import java.util.Map;

/** Parses schemas with Confluent's own provider; references are looked up in the store. */
final class SchemaParser {
  private final SchemaProvider provider = new AvroSchemaProvider();

  SchemaParser(SchemaStore store) {
    var fetcher = new StoredSchemas(store);
    provider.configure(Map.of(SchemaProvider.SCHEMA_VERSION_FETCHER_CONFIG, fetcher));
  }

  /** A schema that was accepted before. */
  ParsedSchema known(SchemaContent content) {
    return provider.parseSchemaOrElseThrow(schema(content), false, false);
  }

  /**
   * A schema that a client sent.
   *
   * @throws RegistryError when it is not valid Avro or a reference does not resolve
   */
  ParsedSchema sent(SchemaContent content, boolean normalize) {
    try {
      var parsed = provider.parseSchemaOrElseThrow(schema(content), true, normalize);
      return normalize ? parsed.normalize() : parsed;
    } catch (RuntimeException e) {
      throw RegistryError.invalidSchema(e.getMessage());
    }
  }

  static SchemaContent content(ParsedSchema parsed) {
    return new SchemaContent(
        parsed.canonicalString(),
        parsed.references().stream()
            .map(r -> new Reference(r.getName(), r.getSubject(), r.getVersion()))
            .toList());
  }

  private static Schema schema(SchemaContent content) {
    List<SchemaReference> references =
        content.references().stream()
            .map(r -> new SchemaReference(r.name(), r.subject(), r.version()))
            .toList();
    return new Schema(null, null, null, AvroSchema.TYPE, references, content.text());
  }

  /** How Confluent's provider finds what a schema refers to. */
  private record StoredSchemas(SchemaStore store) implements SchemaVersionFetcher {

    @Override
    public String tenant() {
      return "default";
    }

    @Override
    public Schema getByVersion(String subject, int version, boolean hiddenToo) {
      return store
          .version(subject, version)
          .filter(found -> hiddenToo || !found.hidden())
          .map(found -> schema(found.content()))
          .orElse(null);
    }
  }
}
