package io.backstop.devcluster.registry;

import io.confluent.kafka.schemaregistry.CompatibilityLevel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Subjects, versions, ids and compatibility levels in memory: the sum of all {@link SchemaEvent}s
 * so far. It decides nothing and refuses nothing. Not thread-safe.
 */
final class SchemaStore {
  static final String GLOBAL = "";
  private static final CompatibilityLevel DEFAULT_LEVEL = CompatibilityLevel.BACKWARD;

  private final Map<Integer, SchemaContent> contents = new TreeMap<>();
  private final Map<String, TreeMap<Integer, SchemaVersion>> subjects = new TreeMap<>();
  private final Map<String, CompatibilityLevel> levels = new HashMap<>();
  private int lastId;

  void apply(SchemaEvent event) {
    if (event instanceof SchemaEvent.Registered e) {
      add(new SchemaVersion(e.subject(), e.version(), e.id(), e.content(), false));
    } else if (event instanceof SchemaEvent.Hidden e) {
      subjects.get(e.subject()).computeIfPresent(e.version(), (number, version) -> version.hide());
    } else if (event instanceof SchemaEvent.Erased e) {
      erase(e.subject(), e.version());
    } else if (event instanceof SchemaEvent.LevelSet e) {
      levels.put(e.subject(), e.level());
    } else if (event instanceof SchemaEvent.LevelUnset e) {
      levels.remove(e.subject());
    }
  }

  /** All versions of a subject, hidden ones too, oldest first; empty for an unknown subject. */
  List<SchemaVersion> versions(String subject) {
    return List.copyOf(subjects.getOrDefault(subject, new TreeMap<>()).values());
  }

  Optional<SchemaVersion> version(String subject, int version) {
    return Optional.ofNullable(subjects.getOrDefault(subject, new TreeMap<>()).get(version));
  }

  /** All versions of all subjects, hidden ones too, by subject and number. */
  Stream<SchemaVersion> all() {
    return subjects.values().stream().flatMap(versions -> versions.values().stream());
  }

  Optional<SchemaContent> content(int id) {
    return Optional.ofNullable(contents.get(id));
  }

  /** The id that equal content has already, else one that was never given out. */
  int idFor(SchemaContent content) {
    return contents.entrySet().stream()
        .filter(entry -> entry.getValue().equals(content))
        .findFirst()
        .map(Map.Entry::getKey)
        .orElse(lastId + 1);
  }

  int lastId() {
    return lastId;
  }

  /** One more than the highest there is, hidden ones counted. */
  int nextVersion(String subject) {
    var versions = subjects.get(subject);
    return versions == null ? 1 : versions.lastKey() + 1;
  }

  /** The level that was chosen for the subject itself. */
  Optional<CompatibilityLevel> ownLevel(String subject) {
    return Optional.ofNullable(levels.get(subject));
  }

  /** The level in force for the subject. */
  CompatibilityLevel level(String subject) {
    return ownLevel(subject).or(() -> ownLevel(GLOBAL)).orElse(DEFAULT_LEVEL);
  }

  private void add(SchemaVersion version) {
    subjects
        .computeIfAbsent(version.subject(), subject -> new TreeMap<>())
        .put(version.version(), version);
    contents.put(version.id(), version.content());
    lastId = Math.max(lastId, version.id());
  }

  private void erase(String subject, int version) {
    var versions = subjects.get(subject);
    var erased = versions.remove(version);
    if (versions.isEmpty()) {
      subjects.remove(subject);
    }
    if (all().noneMatch(other -> other.id() == erased.id())) {
      contents.remove(erased.id());
    }
  }
}
