package io.backstop.devcluster.registry;

import io.confluent.kafka.schemaregistry.ParsedSchema;
import io.confluent.kafka.schemaregistry.ParsedSchemaHolder;
import io.confluent.kafka.schemaregistry.SimpleParsedSchemaHolder;
import java.util.List;
import java.util.Optional;

/** Takes in new schemas and finds known ones, by the rules of Confluent's registry. */
final class Registration {
  private final SchemaLedger ledger;
  private final SchemaStore store;
  private final SchemaParser parser;

  Registration(SchemaLedger ledger) {
    this.ledger = ledger;
    this.store = ledger.store();
    this.parser = new SchemaParser(store);
  }

  /**
   * The version that holds the schema; a new one unless the subject has it already.
   *
   * @throws RegistryError when the schema is invalid, or incompatible under the subject's level
   */
  SchemaVersion register(String subject, SchemaContent sent, boolean normalize) {
    var parsed = parser.sent(sent, normalize);
    var known = find(subject, sent, parsed, false);
    if (known.isPresent()) {
      return known.get();
    }
    var problems = problems(subject, parsed, visible(subject));
    if (!problems.isEmpty()) {
      throw RegistryError.incompatible(subject, problems);
    }
    var content = SchemaParser.content(parsed);
    int version = store.nextVersion(subject);
    ledger.record(new SchemaEvent.Registered(subject, version, store.idFor(content), content));
    return store.version(subject, version).orElseThrow();
  }

  /**
   * The newest version of the subject that holds the schema.
   *
   * @throws RegistryError when the subject or the schema in it is unknown
   */
  SchemaVersion lookUp(String subject, SchemaContent sent, boolean normalize, boolean hiddenToo) {
    if (store.versions(subject).stream().noneMatch(v -> hiddenToo || !v.hidden())) {
      throw RegistryError.subjectNotFound(subject);
    }
    return find(subject, sent, parser.sent(sent, normalize), hiddenToo)
        .orElseThrow(RegistryError::schemaNotFound);
  }

  /**
   * What makes the schema unfit to follow the given versions under the subject's level; empty when
   * it is fit.
   */
  List<String> problems(
      String subject, SchemaContent sent, boolean normalize, List<SchemaVersion> versions) {
    return problems(subject, parser.sent(sent, normalize), versions);
  }

  List<SchemaVersion> visible(String subject) {
    return store.versions(subject).stream().filter(v -> !v.hidden()).toList();
  }

  private List<String> problems(String subject, ParsedSchema parsed, List<SchemaVersion> versions) {
    List<ParsedSchemaHolder> earlier =
        versions.stream()
            .<ParsedSchemaHolder>map(v -> new SimpleParsedSchemaHolder(parser.known(v.content())))
            .toList();
    return parsed.isCompatible(store.level(subject), earlier);
  }

  private Optional<SchemaVersion> find(
      String subject, SchemaContent sent, ParsedSchema parsed, boolean hiddenToo) {
    var content = SchemaParser.content(parsed);
    return store.versions(subject).stream()
        .filter(v -> hiddenToo || !v.hidden())
        .filter(v -> v.content().equals(content) || v.content().equals(sent))
        .reduce((earlier, later) -> later);
  }
}
