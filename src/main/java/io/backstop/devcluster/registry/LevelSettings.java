package io.backstop.devcluster.registry;

import io.confluent.kafka.schemaregistry.CompatibilityLevel;
import java.util.Optional;

/** Reads and changes compatibility levels, of all subjects or of one. */
final class LevelSettings {
  private final SchemaLedger ledger;

  LevelSettings(SchemaLedger ledger) {
    this.ledger = ledger;
  }

  CompatibilityLevel global() {
    return ledger.store().level(SchemaStore.GLOBAL);
  }

  /**
   * @param orGlobal whether the default answers for a subject without a level of its own
   * @throws RegistryError when the subject has none
   */
  CompatibilityLevel of(String subject, boolean orGlobal) {
    return ledger
        .store()
        .ownLevel(subject)
        .or(() -> orGlobal ? Optional.of(global()) : Optional.empty())
        .orElseThrow(() -> RegistryError.noSubjectLevel(subject));
  }

  CompatibilityLevel set(String subject, String name) {
    var level = CompatibilityLevel.forName(name);
    if (level == null) {
      throw RegistryError.invalidLevel();
    }
    ledger.record(new SchemaEvent.LevelSet(subject, level));
    return level;
  }

  /** The level that was in force until now. */
  CompatibilityLevel unset(String subject) {
    var old = subject.equals(SchemaStore.GLOBAL) ? global() : of(subject, false);
    ledger.record(new SchemaEvent.LevelUnset(subject));
    return old;
  }
}
