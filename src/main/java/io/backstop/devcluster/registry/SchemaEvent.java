package io.backstop.devcluster.registry;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.confluent.kafka.schemaregistry.CompatibilityLevel;

/** One change of the registry, as the journal keeps it. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonSubTypes({
  @JsonSubTypes.Type(value = SchemaEvent.Registered.class, name = "registered"),
  @JsonSubTypes.Type(value = SchemaEvent.Hidden.class, name = "hidden"),
  @JsonSubTypes.Type(value = SchemaEvent.Erased.class, name = "erased"),
  @JsonSubTypes.Type(value = SchemaEvent.LevelSet.class, name = "level-set"),
  @JsonSubTypes.Type(value = SchemaEvent.LevelUnset.class, name = "level-unset")
})
sealed interface SchemaEvent {

  /** A version came into being. */
  record Registered(String subject, int version, int id, SchemaContent content)
      implements SchemaEvent {}

  /** A version was deleted softly: its id still resolves, so old records stay readable. */
  record Hidden(String subject, int version) implements SchemaEvent {}

  /** A version was deleted for good. */
  record Erased(String subject, int version) implements SchemaEvent {}

  /**
   * A compatibility level was chosen.
   *
   * @param subject {@link SchemaStore#GLOBAL} for the default of all subjects
   */
  record LevelSet(String subject, CompatibilityLevel level) implements SchemaEvent {}

  /** A subject follows the default again. */
  record LevelUnset(String subject) implements SchemaEvent {}
}
