package io.backstop.statistics;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.backstop.action.ActionRequest;
import io.backstop.action.MessagePayload;
import io.backstop.action.OriginalRecord;
import io.backstop.action.PolicyOverrides;
import io.backstop.action.Priority;
import io.backstop.action.RecordHeaders;
import io.backstop.config.BackstopConfig;
import io.backstop.config.NotificationConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.common.header.Headers;

/**
 * Notifications of the team as ordinary requests: they pass intake, limits and circuits like any
 * other and end in a result or a dead letter. They have no fallback and are marked by a header, so
 * that none is ever sent about one.
 */
public final class Notifications {
  private static final String HEADER = "backstop-notification";
  private static final Duration PATIENCE = Duration.ofHours(1);

  private final NotificationConfig config;
  private final Duration patience;

  public Notifications(BackstopConfig config) {
    this.config = config.notifications();
    // the intake refuses a deadline that is further ahead than it allows
    Duration allowed = config.intake().maxDeadlineAhead().dividedBy(2);
    this.patience = allowed.compareTo(PATIENCE) < 0 ? allowed : PATIENCE;
  }

  /** Whether a record is one. Whoever sets the header on another only keeps it from being told. */
  static boolean isOne(OriginalRecord original) {
    return RecordHeaders.last(original.getHeaders(), HEADER).isPresent();
  }

  static void mark(Headers headers) {
    headers.add(HEADER, "true".getBytes(UTF_8));
  }

  Throttle throttle() {
    return Throttle.of(config);
  }

  /**
   * @throws java.util.NoSuchElementException when no target is configured
   */
  ActionRequest request(Notice notice, long now) {
    String id = id(notice, now);
    return ActionRequest.newBuilder()
        .setRequestId(id)
        .setIdempotencyKey(id)
        .setAction(config.target().orElseThrow())
        .setPayload(
            MessagePayload.newBuilder()
                .setRecipients(config.recipients().orElse(List.of()))
                .setSubject(NotificationText.subject(notice))
                .setText(NotificationText.body(notice, config.throttle()))
                .build())
        .setPriority(Priority.LOW)
        .setSubmitter("backstop")
        .setDeadline(Instant.ofEpochMilli(now).plus(patience))
        .setPolicy(PolicyOverrides.newBuilder().setFallbackSteps(List.of()).build())
        .build();
  }

  /** The same for one pair in one window: two notifications are never in the same. */
  private String id(Notice notice, long now) {
    String pair = notice.primaryAction() + "|" + notice.step();
    long window = now - Math.floorMod(now, Math.max(1, config.throttle().toMillis()));
    return "notification-" + UUID.nameUUIDFromBytes(pair.getBytes(UTF_8)) + "-" + window;
  }
}
