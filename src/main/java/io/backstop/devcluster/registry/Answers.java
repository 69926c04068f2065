package io.backstop.devcluster.registry;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.backstop.devcluster.registry.SchemaContent.Reference;
import io.confluent.kafka.schemaregistry.CompatibilityLevel;
import java.util.List;

/** Bodies of answers, field names as in Confluent's API. */
interface Answers {

  record Id(int id) {}

  /** A schema by its id. */
  record Schema(
      String schema,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Reference> references,
      @JsonInclude(JsonInclude.Include.NON_NULL) Integer maxId) {}

  /** A version of a subject. */
  record Version(
      String subject,
      int version,
      int id,
      String schema,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Reference> references) {

    static Version of(SchemaVersion v) {
      return new Version(
          v.subject(), v.version(), v.id(), v.content().text(), v.content().references());
    }
  }

  record SubjectVersion(String subject, int version) {}

  record Compatible(
      @JsonProperty("is_compatible") boolean isCompatible,
      @JsonInclude(JsonInclude.Include.NON_NULL) List<String> messages) {}

  /** Confluent reads and writes the same setting under two names. */
  record LevelRead(CompatibilityLevel compatibilityLevel) {}

  record LevelWritten(CompatibilityLevel compatibility) {}

  record Mode(String mode) {}

  record ServerVersion(String version, String commitId) {}

  record Failure(@JsonProperty("error_code") int errorCode, String message) {}
}
