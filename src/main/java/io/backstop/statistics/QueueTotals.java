package io.backstop.statistics;

import io.backstop.action.ActionNames;
import io.backstop.action.QueueCounts;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The sum over the tasks' parts of the retry queue. Pure. */
final class QueueTotals {
  private static final int MAX_SUBMITTERS = 100;

  private final Map<String, Long> byPriority = new TreeMap<>();
  private final Map<String, Long> bySubmitter = new HashMap<>();
  private long waiting;
  private long due;

  void add(QueueCounts part) {
    waiting += part.getWaiting();
    due += part.getDue();
    part.getByPriority().forEach((priority, count) -> byPriority.merge(priority, count, Long::sum));
    part.getBySubmitter()
        .forEach((submitter, count) -> bySubmitter.merge(submitter, count, Long::sum));
  }

  /**
   * @param succeeded since the fleet's first use, as the uses of queue steps tell
   * @param exhausted the same
   */
  QueueCounts counts(long succeeded, long exhausted) {
    return new QueueCounts(waiting, due, byPriority, largest(), succeeded, exhausted);
  }

  private Map<String, Long> largest() {
    List<Map.Entry<String, Long>> ordered =
        bySubmitter.entrySet().stream()
            .sorted(
                Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey()))
            .toList();
    Map<String, Long> kept = new TreeMap<>();
    for (Map.Entry<String, Long> entry : ordered) {
      boolean hasRoom = kept.size() < MAX_SUBMITTERS;
      kept.merge(hasRoom ? entry.getKey() : ActionNames.OTHER, entry.getValue(), Long::sum);
    }
    return kept;
  }
}
