package io.backstop.execution;

import io.backstop.action.Priority;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * What waits in the tasks of this process. Each task tells its part about once a second on its own
 * thread; meters read what was told last, on any thread.
 */
final class WaitingDepths {

  /** One lane: a scope and a priority. */
  record LaneName(String scope, Priority priority) {}

  /**
   * What waits in a lane.
   *
   * @param size how many requests
   * @param oldestAt when the next of them was queued, in epoch milliseconds
   */
  record Depth(long size, long oldestAt) {}

  private record Told(Map<LaneName, Depth> waiting, Map<String, Long> held) {}

  private final Map<Object, Told> byTask = new ConcurrentHashMap<>();

  /**
   * @param waiting lanes in which anything waits
   * @param held how many requests wait for a paused target, by target
   */
  void tell(Object task, Map<LaneName, Depth> waiting, Map<String, Long> held) {
    byTask.put(task, new Told(waiting, held));
  }

  /** The task is closed. */
  void forget(Object task) {
    byTask.remove(task);
  }

  /** Requests in a lane, over all tasks. */
  long waiting(LaneName lane) {
    return depths(lane).mapToLong(Depth::size).sum();
  }

  /** How long the one that is next in a lane has waited, in seconds; the longest of all tasks. */
  double ageSeconds(LaneName lane, long now) {
    long oldest = depths(lane).mapToLong(Depth::oldestAt).min().orElse(now);
    return Math.max(0, now - oldest) / 1_000.0;
  }

  /** Requests that wait for a paused target, over all tasks. */
  long held(String target) {
    return byTask.values().stream().mapToLong(told -> told.held().getOrDefault(target, 0L)).sum();
  }

  private Stream<Depth> depths(LaneName lane) {
    return byTask.values().stream()
        .map(told -> told.waiting().get(lane))
        .filter(depth -> depth != null);
  }
}
