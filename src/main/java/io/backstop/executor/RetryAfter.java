package io.backstop.executor;

import io.backstop.executor.http.HttpReply;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Reads how long a service asks to wait: seconds or an HTTP date (RFC 9110, section 10.2.3). */
final class RetryAfter {
  private RetryAfter() {}

  /**
   * Never negative; empty where the header is absent or unreadable.
   *
   * @param now used for a date only, and only where the answer carries no {@code Date} of its own:
   *     measured against the service's clock the wait is right even when ours is not
   */
  static Optional<Duration> of(HttpReply reply, Instant now) {
    return reply.header("retry-after").flatMap(value -> read(value.trim(), reply, now));
  }

  private static Optional<Duration> read(String value, HttpReply reply, Instant now) {
    if (!value.isEmpty() && value.chars().allMatch(c -> c >= '0' && c <= '9' || c == '.')) {
      return seconds(value);
    }
    Instant from = reply.header("date").flatMap(RetryAfter::date).orElse(now);
    return date(value)
        .map(until -> Duration.between(from, until))
        .map(wait -> wait.isNegative() ? Duration.ZERO : wait);
  }

  private static Optional<Duration> seconds(String value) {
    try {
      return Optional.of(Duration.ofMillis((long) Math.ceil(Double.parseDouble(value) * 1000)));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<Instant> date(String value) {
    try {
      return Optional.of(
          ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
