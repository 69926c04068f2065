package io.backstop.action;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The result of a request that is answered with an earlier result instead of a call. Pure. */
public final class ServedFromCache {
  private ServedFromCache() {}

  /**
   * @param cached the earlier result
   * @param attempts calls made for this request, oldest first; none when it was not called at all
   * @param reason why the action was not called, or how its last call failed
   * @param now epoch milliseconds
   */
  public static ActionResult result(
      Work work, CachedResult cached, List<Attempt> attempts, String reason, long now) {
    long age = Math.max(0, now - cached.getStoredAt().toEpochMilli());
    return ActionResult.newBuilder()
        .setRequestId(work.request().getRequestId())
        .setIdempotencyKey(work.idempotencyKey())
        .setStatus(ResultStatus.SUCCEEDED)
        .setPrimaryAction(work.request().getAction())
        .setExecutedBy(cached.getExecutedBy())
        .setOriginalError(reason)
        .setResponseData(cached.getResponseData())
        .setFromCache(true)
        .setCachedAgeMs(age)
        .setAttempts(attempts)
        .setMessage(
            "Answered from a result of %s ago while %s is unavailable."
                .formatted(words(Duration.ofMillis(age)), ServiceName.of(work.service())))
        .setReceivedAt(Instant.ofEpochMilli(work.receivedAt()))
        .setCompletedAt(Instant.ofEpochMilli(now))
        .build();
  }

  private static String words(Duration age) {
    if (age.toDays() > 0) {
      return count(age.toDays(), "day");
    }
    if (age.toHours() > 0) {
      return count(age.toHours(), "hour");
    }
    if (age.toMinutes() > 0) {
      return count(age.toMinutes(), "minute");
    }
    return age.toSeconds() > 0 ? count(age.toSeconds(), "second") : "a moment";
  }

  private static String count(long number, String unit) {
    return number + " " + unit + (number == 1 ? "" : "s");
  }
}
