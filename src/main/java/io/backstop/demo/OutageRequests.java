package io.backstop.demo;

import io.backstop.demo.OutageTally.Group;
import io.backstop.executor.Targets;
import java.time.Duration;

/**
 * The paced requests of the outage phase: 32 per second for Notion, half of them queries of which a
 * result can be cached, and 16 for other services. For one thread.
 */
final class OutageRequests {
  static final int NOTION_PER_SECOND = 32;
  static final int OTHERS_PER_SECOND = 16;

  private static final int EVERY_SO_MANY = NOTION_PER_SECOND / OTHERS_PER_SECOND;
  private static final long INTERVAL = Duration.ofSeconds(1).toNanos() / NOTION_PER_SECOND;

  private final SteadyRequests notion;
  private final SteadyRequests others;
  private long turns;

  OutageRequests(Targets targets) {
    notion = new SteadyRequests(targets, "outage-notion");
    others = new SteadyRequests(targets, "outage-others");
  }

  /**
   * Publishes what is due by now and was not before.
   *
   * @param elapsed since the first one was due
   * @param group which those for Notion belong to
   */
  void publishDue(Duration elapsed, Group group, Publishing publishing, OutageTally tally) {
    for (; turns * INTERVAL <= elapsed.toNanos(); turns++) {
      publish(notion.next(), group, publishing, tally);
      if (turns % EVERY_SO_MANY == 0) {
        publish(others.next(), Group.OTHERS, publishing, tally);
      }
    }
  }

  /** How long after {@code elapsed} the next one is due. */
  Duration untilNext(Duration elapsed) {
    return Duration.ofNanos(turns * INTERVAL).minus(elapsed);
  }

  private static void publish(
      DemoRequest request, Group group, Publishing publishing, OutageTally tally) {
    tally.published(request, group);
    publishing.publish(request);
  }
}
