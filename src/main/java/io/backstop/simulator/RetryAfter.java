package io.backstop.simulator;

import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Writes the {@code Retry-After} header in either of its two forms. */
final class RetryAfter {
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
          .withZone(ZoneOffset.UTC);

  private RetryAfter() {}

  /** Null when the failure asks for none. */
  static String header(Failure failure, Clock clock) {
    if (failure.retryAfterSeconds().isEmpty()) {
      return null;
    }
    int seconds = failure.retryAfterSeconds().getAsInt();
    return switch (failure.retryAfterAs()) {
      case SECONDS -> Integer.toString(seconds);
      case DATE -> HTTP_DATE.format(clock.instant().plusSeconds(seconds));
    };
  }
}
