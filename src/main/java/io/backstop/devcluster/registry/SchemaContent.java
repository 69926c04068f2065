package io.backstop.devcluster.registry;

import java.util.List;

/**
 * What makes two schemas the same: equal contents share one id in all subjects.
 *
 * @param text canonical Avro JSON
 */
record SchemaContent(String text, List<Reference> references) {

  SchemaContent {
    references = references == null ? List.of() : List.copyOf(references);
  }

  /**
   * A named type that lives in another subject.
   *
   * @param name full name of the type
   */
  record Reference(String name, String subject, int version) {}
}
