package io.backstop.statistics;

import io.backstop.action.ActionNames;
import io.backstop.action.Steps;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** A notice in words for the team. */
final class NotificationText {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private NotificationText() {}

  static String subject(Notice notice) {
    return "Backstop: " + notice.primaryAction() + " fails, " + standIn(notice.step());
  }

  static String body(Notice notice, Duration throttle) {
    StringBuilder text = new StringBuilder();
    text.append(notice.primaryAction()).append(" fails, ").append(standIn(notice.step()));
    text.append(".\n\n");
    text.append(
        notice.since() == null
            ? "Requests so far: %,d".formatted(notice.uses())
            : "Requests since the last notification at %s: %,d"
                .formatted(TIME.format(notice.since()), notice.uses()));
    text.append(", the last one at ").append(TIME.format(notice.lastAt())).append(".\n");
    if (notice.suppressed() > 0) {
      text.append("Not notified, because the last notification was shortly before: ");
      text.append("%,d of them.\n".formatted(notice.suppressed()));
    }
    if (notice.lastError() != null) {
      text.append("Why ").append(notice.primaryAction()).append(" failed last: ");
      text.append(notice.lastError()).append("\n");
    }
    text.append("\nThe next notification of this comes ");
    text.append(readable(throttle)).append(" from now at the earliest.\n");
    return text.toString();
  }

  private static String standIn(String step) {
    if (Steps.isQueue(step)) {
      return "requests are done later from the retry queue";
    }
    return switch (step) {
      case Steps.CACHED_RESULT -> "earlier results are served instead";
      case Steps.DEFAULT_VALUE -> "the default value is served instead";
      case Steps.SKIP -> "requests are skipped";
      case ActionNames.OTHER -> "another fallback stands in";
      default -> step + " stands in";
    };
  }

  private static String readable(Duration time) {
    long seconds = Math.max(1, time.toSeconds());
    if (seconds % 60 == 0) {
      return seconds == 60 ? "1 minute" : seconds / 60 + " minutes";
    }
    return seconds == 1 ? "1 second" : seconds + " seconds";
  }

  /** For a sample of what would be sent. */
  static Notice sample() {
    Instant epoch = Instant.EPOCH;
    return new Notice("notion:createPage", "trello:createCard", 1, 0, null, epoch, "sample");
  }
}
