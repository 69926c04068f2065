package io.backstop.devcluster.registry;

import java.util.List;

/**
 * Deletes in two steps, as Confluent's registry does: softly, which hides, and then for good. What
 * another schema refers to stays.
 */
final class Deletion {
  private final SchemaLedger ledger;
  private final Catalogue catalogue;

  Deletion(SchemaLedger ledger, Catalogue catalogue) {
    this.ledger = ledger;
    this.catalogue = catalogue;
  }

  /** Numbers of the versions deleted. */
  List<Integer> subject(String subject, boolean permanent) {
    var versions = catalogue.versions(subject, v -> true);
    boolean anyVisible = versions.stream().anyMatch(v -> !v.hidden());
    if (permanent && anyVisible) {
      throw RegistryError.subjectNotSoftDeleted(subject);
    }
    if (!permanent && !anyVisible) {
      throw RegistryError.subjectSoftDeleted(subject);
    }
    var doomed = versions.stream().filter(v -> permanent || !v.hidden()).toList();
    doomed.forEach(this::requireUnreferenced);
    doomed.forEach(v -> delete(v, permanent));
    return doomed.stream().map(SchemaVersion::version).toList();
  }

  /** Number of the version deleted. */
  int version(String subject, String number, boolean permanent) {
    var version =
        catalogue.version(
            subject, number, v -> permanent || !Catalogue.isLatest(number) || !v.hidden());
    if (permanent && !version.hidden()) {
      throw RegistryError.versionNotSoftDeleted(version);
    }
    if (!permanent && version.hidden()) {
      throw RegistryError.versionSoftDeleted(version);
    }
    requireUnreferenced(version);
    delete(version, permanent);
    return version.version();
  }

  private void delete(SchemaVersion version, boolean permanent) {
    ledger.record(
        permanent
            ? new SchemaEvent.Erased(version.subject(), version.version())
            : new SchemaEvent.Hidden(version.subject(), version.version()));
  }

  private void requireUnreferenced(SchemaVersion version) {
    if (!catalogue.idsReferringTo(version).isEmpty()) {
      throw RegistryError.referenced(version);
    }
  }
}
