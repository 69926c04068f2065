package io.backstop.execution;

import io.backstop.action.Priority;
import io.backstop.action.QueueCounts;
import java.util.HashMap;
import java.util.Map;

/**
 * How many requests of one task are in the retry queue, in numbers that are kept and never counted
 * out. Stream thread only.
 */
final class QueueTally {
  private static final int MAX_SUBMITTERS = 100;
  private static final String OTHER = "other";

  private long waiting;
  private long due;
  private final Map<String, Long> byPriority = new HashMap<>();
  private final Map<String, Long> bySubmitter = new HashMap<>();

  /** One more, which is parked. */
  void parked(Priority priority, String submitter) {
    waiting++;
    add(priority, submitter, 1);
  }

  /** One more, whose primary action is about to be tried again. */
  void foundDue(Priority priority, String submitter) {
    due++;
    add(priority, submitter, 1);
  }

  /** One that was parked is to be tried again. */
  void becameDue() {
    waiting--;
    due++;
  }

  /** One that was to be tried again could not be, and is parked as before. */
  void putBack() {
    due--;
    waiting++;
  }

  /** One fewer. */
  void left(boolean wasDue, Priority priority, String submitter) {
    if (wasDue) {
      due--;
    } else {
      waiting--;
    }
    add(priority, submitter, -1);
  }

  QueueCounts counts() {
    return QueueCounts.newBuilder()
        .setWaiting(waiting)
        .setDue(due)
        .setByPriority(Map.copyOf(byPriority))
        .setBySubmitter(Map.copyOf(bySubmitter))
        .build();
  }

  private void add(Priority priority, String submitter, long change) {
    change(byPriority, priority.name(), change);
    String name = submitter == null ? "" : submitter;
    boolean isRoom = bySubmitter.containsKey(name) || bySubmitter.size() < MAX_SUBMITTERS;
    change(
        bySubmitter,
        isRoom && (change > 0 || bySubmitter.containsKey(name)) ? name : OTHER,
        change);
  }

  private static void change(Map<String, Long> counts, String name, long change) {
    counts.merge(name, change, (before, by) -> before + by == 0 ? null : before + by);
  }
}
