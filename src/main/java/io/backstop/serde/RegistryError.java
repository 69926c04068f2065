package io.backstop.serde;

import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.util.Optional;

/** What a failed call to the registry says, for a person. */
final class RegistryError {
  private RegistryError() {}

  /** Whether the registry itself says so, and not a server that is no registry. */
  static boolean isNotFound(RestClientException error) {
    return error.getStatus() == 404 && error.getErrorCode() / 100 == 404;
  }

  /** On one line; the kind of the error where it has no words. */
  static String reason(Throwable error) {
    return Optional.ofNullable(error.getMessage())
        .map(message -> message.replaceAll("\\s+", " ").trim())
        .filter(message -> !message.isEmpty())
        .orElseGet(() -> error.getClass().getSimpleName());
  }
}
