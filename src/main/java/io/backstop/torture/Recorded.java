package io.backstop.torture;

import io.backstop.action.Attempt;
import java.util.List;
import java.util.Optional;

/**
 * An outcome that stands on the topic of results or of dead letters.
 *
 * @param coordinates of the record that a dead letter is of; empty for a result
 * @param requestId of the request that a result answers; empty for a dead letter
 * @param key empty where it was not known
 * @param duplicateOf the request whose outcome it repeats
 * @param action that was asked for
 */
record Recorded(
    Optional<String> coordinates,
    Optional<String> requestId,
    Optional<String> key,
    Optional<String> duplicateOf,
    Optional<String> action,
    List<Attempt> attempts) {

  boolean isLetter() {
    return coordinates.isPresent();
  }

  /** What it is of: the coordinates of a record, or the id of a request. */
  String of() {
    return coordinates.or(() -> requestId).orElseThrow();
  }

  /** Whether it is the one outcome of its key. */
  boolean isOwn() {
    return key.isPresent() && duplicateOf.isEmpty();
  }

  @Override
  public String toString() {
    return isLetter()
        ? "dead letter of " + coordinates.get()
        : "result of " + requestId.orElse("?");
  }
}
