package io.backstop.execution;

import io.backstop.action.FallbackRequest;
import io.backstop.action.OriginalRecord;
import io.backstop.action.RecordHeaders;
import io.backstop.action.Steps;
import io.backstop.serde.EncodedSize;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What is wrong with a fallback request: one sentence that begins with the field and says what to
 * do. Pure.
 */
final class FallbackProblems {
  private static final int MAX_ID_LENGTH = 200;

  /** More is no count: one that overflows would let a request be parked without end. */
  private static final int MAX_PARKS = 1_000_000;

  private static final int MAX_STEPS = 100;
  private static final int MAX_STEP_LENGTH = 200;
  private static final int MAX_HISTORY_BYTES = 256 * 1024;

  /** Also of a request as the intake lets it in, and of the key and headers around it. */
  private static final int MAX_REQUEST_BYTES = 1024 * 1024;

  private static final Duration MAX_AHEAD = Duration.ofDays(1);

  private FallbackProblems() {}

  /** Without which it cannot be taken for anything. */
  static Optional<String> of(FallbackRequest fallback) {
    int position = fallback.getPosition();
    if (position < 0 || position >= fallback.getSteps().size()) {
      return Optional.of(
          "position is %d, but there are %d steps: give the index of the step to try now, from 0"
              .formatted(position, fallback.getSteps().size()));
    }
    int parks = fallback.getParks();
    if (parks < 0 || parks > MAX_PARKS) {
      return Optional.of("parks is %d: give 0, or how often it was parked".formatted(parks));
    }
    String action = fallback.getRequest().getAction();
    return action.indexOf(':') > 0
        ? ofId("idempotencyKey", fallback.getIdempotencyKey())
        : Optional.of("request.action '%s' is not of the form service:operation".formatted(action));
  }

  /**
   * The same for one that somebody else has written: whatever becomes of it must fit the topics and
   * changelogs that it passes.
   *
   * @param original the record of its request, with key and headers
   */
  static Optional<String> ofForeign(FallbackRequest fallback, OriginalRecord original, long now) {
    String step = fallback.getSteps().get(fallback.getPosition());
    if (Steps.topicOf(step).isEmpty()) {
      return Optional.of(
          "position is that of %s, which has no topic: give the one of a target or of queue:retry"
              .formatted(step));
    }
    long receivedAt = fallback.getReceivedAt().toEpochMilli();
    if (receivedAt < 0 || receivedAt > now + MAX_AHEAD.toMillis()) {
      return Optional.of(
          "receivedAt is %d: give epoch milliseconds that are not ahead".formatted(receivedAt));
    }
    return ofId("request.requestId", fallback.getRequest().getRequestId())
        .or(() -> ofSteps(fallback.getSteps()))
        .or(() -> ofSizes(fallback, original));
  }

  private static Optional<String> ofSteps(List<String> steps) {
    if (steps.size() > MAX_STEPS) {
      return Optional.of(
          "steps are %,d: at most %d are allowed".formatted(steps.size(), MAX_STEPS));
    }
    return steps.stream().anyMatch(step -> step.length() > MAX_STEP_LENGTH)
        ? Optional.of("steps has a name of more than %d characters".formatted(MAX_STEP_LENGTH))
        : Optional.empty();
  }

  private static Optional<String> ofSizes(FallbackRequest fallback, OriginalRecord original) {
    if (original.getValue() == null) {
      return Optional.of(
          "original.value is missing, and no work of this task waits for this record: give the"
              + " request's record as it was");
    }
    long history = fallback.getAttempts().stream().mapToLong(EncodedSize::of).sum();
    return tooLarge("original.value", original.getValue().remaining(), MAX_REQUEST_BYTES)
        .or(
            () ->
                tooLarge(
                    "original.key and headers",
                    RecordHeaders.sizeAroundValue(original),
                    MAX_REQUEST_BYTES))
        .or(() -> tooLarge("request", EncodedSize.of(fallback.getRequest()), MAX_REQUEST_BYTES))
        .or(() -> tooLarge("attempts", history, MAX_HISTORY_BYTES));
  }

  private static Optional<String> tooLarge(String field, long bytes, long most) {
    return bytes > most
        ? Optional.of("%s has %,d bytes: at most %,d are allowed".formatted(field, bytes, most))
        : Optional.empty();
  }

  private static Optional<String> ofId(String field, String id) {
    return id.isBlank() || id.length() > MAX_ID_LENGTH
        ? Optional.of("%s must have 1 to %d characters".formatted(field, MAX_ID_LENGTH))
        : Optional.empty();
  }
}
