package io.backstop.action;

import java.time.Duration;
import java.time.Instant;

/** Makes the result of a request that is answered by an earlier result. Pure. */
public final class ServedFromCache {
  private ServedFromCache() {}

  /**
   * @param work its last attempt is the one that failed or was refused
   * @param now epoch milliseconds
   */
  public static ActionResult result(Work work, CachedResult cached, long now) {
    Attempt last = work.lastAttempt();
    long age = Math.max(0, now - cached.getStoredAt().toEpochMilli());
    return ActionResult.newBuilder()
        .setRequestId(work.request().getRequestId())
        .setIdempotencyKey(work.idempotencyKey())
        .setStatus(ResultStatus.SUCCEEDED)
        .setPrimaryAction(work.request().getAction())
        .setExecutedBy(cached.getExecutedBy())
        .setOriginalError(last.getFailureClass() + ": " + last.getMessage())
        .setResponseData(cached.getResponseData())
        .setFromCache(true)
        .setCachedAgeMs(age)
        .setAttempts(work.attempts())
        .setMessage(
            "Answered with a result of %s ago while %s is unavailable."
                .formatted(words(Duration.ofMillis(age)), work.service()))
        .setReceivedAt(Instant.ofEpochMilli(work.receivedAt()))
        .setCompletedAt(Instant.ofEpochMilli(now))
        .build();
  }

  private static String words(Duration age) {
    if (age.toMinutes() < 1) {
      return plural(age.toSeconds(), "second");
    } else if (age.toHours() < 1) {
      return plural(age.toMinutes(), "minute");
    }
    return age.toDays() < 1 ? plural(age.toHours(), "hour") : plural(age.toDays(), "day");
  }

  private static String plural(long count, String unit) {
    return count == 1 ? "1 " + unit : count + " " + unit + "s";
  }
}
