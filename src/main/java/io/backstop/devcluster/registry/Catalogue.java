package io.backstop.devcluster.registry;

import java.util.List;
import java.util.function.Predicate;

/** Answers what the registry holds. */
final class Catalogue {
  private static final String LATEST = "latest";
  private static final String ALSO_LATEST = "-1";

  private final SchemaStore store;

  Catalogue(SchemaStore store) {
    this.store = store;
  }

  /** Names of subjects with at least one version that is listed. */
  List<String> subjects(String prefix, Predicate<SchemaVersion> listed) {
    return store
        .all()
        .filter(listed)
        .map(SchemaVersion::subject)
        .filter(subject -> subject.startsWith(prefix))
        .distinct()
        .toList();
  }

  /**
   * @throws RegistryError when none is listed
   */
  List<SchemaVersion> versions(String subject, Predicate<SchemaVersion> listed) {
    var versions = store.versions(subject).stream().filter(listed).toList();
    if (versions.isEmpty()) {
      throw RegistryError.subjectNotFound(subject);
    }
    return versions;
  }

  /**
   * @param version a number, {@code latest} or {@code -1}
   * @throws RegistryError when there is no such subject or version, or it is not listed
   */
  SchemaVersion version(String subject, String version, Predicate<SchemaVersion> listed) {
    if (isLatest(version)) {
      var versions = versions(subject, listed);
      return versions.get(versions.size() - 1);
    }
    int number = number(version);
    return versions(subject, listed).stream()
        .filter(v -> v.version() == number)
        .findFirst()
        .orElseThrow(() -> RegistryError.versionNotFound(number));
  }

  static boolean isLatest(String version) {
    return version.equals(LATEST) || version.equals(ALSO_LATEST);
  }

  SchemaContent content(int id) {
    return store.content(id).orElseThrow(() -> RegistryError.schemaNotFound(id));
  }

  /**
   * @throws RegistryError when no schema has the id
   */
  List<SchemaVersion> versionsOf(int id, Predicate<SchemaVersion> listed) {
    content(id);
    return store.all().filter(listed).filter(v -> v.id() == id).toList();
  }

  List<SchemaVersion> schemas(String prefix, Predicate<SchemaVersion> listed) {
    return store.all().filter(listed).filter(v -> v.subject().startsWith(prefix)).toList();
  }

  List<Integer> idsReferringTo(SchemaVersion version) {
    return store
        .all()
        .filter(other -> !other.hidden() && other.refersTo(version))
        .map(SchemaVersion::id)
        .distinct()
        .toList();
  }

  private static int number(String version) {
    try {
      int number = Integer.parseInt(version);
      if (number > 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw RegistryError.invalidVersion(version);
    }
    throw RegistryError.invalidVersion(version);
  }
}
