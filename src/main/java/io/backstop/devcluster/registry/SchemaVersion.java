package io.backstop.devcluster.registry;

/**
 * One version of a subject.
 *
 * @param hidden deleted softly: left out of lists and of compatibility checks
 */
record SchemaVersion(String subject, int version, int id, SchemaContent content, boolean hidden) {

  SchemaVersion hide() {
    return new SchemaVersion(subject, version, id, content, true);
  }

  boolean refersTo(SchemaVersion other) {
    return content.references().stream()
        .anyMatch(r -> r.subject().equals(other.subject()) && r.version() == other.version());
  }
}
