package io.backstop.serde;

import java.util.Optional;

/** What a failed call to the registry says, for a person. */
final class RegistryError {
  private RegistryError() {}

  /** On one line; the kind of the error where it has no words. */
  static String reason(Throwable error) {
    return Optional.ofNullable(error.getMessage())
        .map(message -> message.replaceAll("\\s+", " ").trim())
        .filter(message -> !message.isEmpty())
        .orElseGet(() -> error.getClass().getSimpleName());
  }
}
