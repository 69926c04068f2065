package io.backstop.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backstop.action.OperationKind;
import io.backstop.action.OperationPhase;
import io.backstop.action.OperationStatus;
import io.backstop.executor.Json;
import io.backstop.serde.AvroJson;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How far an operation is, for people and scripts. */
final class ReplayStatusText {
  private ReplayStatusText() {}

  /** {@code 12 succeeded, 1 failed again, 0 suppressed}, and what was left as it was. */
  static String counts(OperationStatus status) {
    StringBuilder text = new StringBuilder();
    if (status.getKind() == OperationKind.REPLAY) {
      text.append(
          "%,d succeeded, %,d failed again, %,d suppressed"
              .formatted(status.getSucceeded(), status.getFailedAgain(), status.getSuppressed()));
    } else {
      text.append("%,d changed".formatted(status.getChanged()));
    }
    Map<String, Long> left = new TreeMap<>(status.getPassedOver());
    left.values().removeIf(count -> count == 0);
    if (!left.isEmpty()) {
      text.append(", left as they were: ")
          .append(
              left.entrySet().stream()
                  .map(each -> each.getKey() + " %,d".formatted(each.getValue()))
                  .collect(Collectors.joining(", ")));
    }
    return text.toString();
  }

  /** One line while it goes on. */
  static String progress(OperationStatus status, ReplayPace pace) {
    StringBuilder text = new StringBuilder();
    text.append(
        "%s %,d of %,d"
            .formatted(status.getPhase(), ReplayPace.ended(status), status.getSelected()));
    pace.perSecond().ifPresent(rate -> text.append(", %.1f/s".formatted(rate)));
    pace.remaining(status)
        .ifPresent(left -> text.append(", ").append(Span.of(left)).append(" left"));
    text.append("; ").append(counts(status));
    if (status.getStage() != null) {
      text.append("; stage of %,d".formatted(status.getStage()));
    }
    return withMessage(text, status);
  }

  /** One line when it is over, or about one that is seen from afar. */
  static String summary(String id, OperationStatus status, Instant now) {
    Instant end = status.getEndedAt() == null ? now : status.getEndedAt();
    StringBuilder text = new StringBuilder();
    text.append(
        "%s %s %s after %s: %,d selected, %s"
            .formatted(
                status.getKind().name().toLowerCase(Locale.ROOT),
                id,
                status.getPhase(),
                Span.of(Duration.between(status.getStartedAt(), end)),
                status.getSelected(),
                counts(status)));
    return withMessage(text, status);
  }

  private static String withMessage(StringBuilder text, OperationStatus status) {
    if (!status.getMessage().isEmpty()) {
      text.append(": ").append(status.getMessage());
    }
    return SafeText.line(text.toString());
  }

  static ObjectNode json(String id, OperationStatus status) {
    ObjectNode json = Json.object().put("operation", id);
    json.setAll(AvroJson.of(status));
    return json;
  }

  /** Of a command that has waited for its end. */
  static int exitCode(OperationStatus status) {
    if (status.getPhase() == OperationPhase.ABORTED
        || status.getPhase() == OperationPhase.CANCELLED) {
      return ExitCode.STOPPED;
    }
    boolean all =
        status.getPhase() == OperationPhase.COMPLETED
            && status.getFailedAgain() == 0
            && ReplayPace.passedOver(status) == 0;
    return all ? ExitCode.OK : ExitCode.FAILED;
  }
}
