package io.backstop.action;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongFunction;

/**
 * How much of the retry queue the tasks of this process hold. The execution of a task gives the
 * counts, its reporting asks for them, both on the task's own stream thread; meters read what was
 * answered last, on any thread.
 */
public final class QueueDepth {
  private final Map<String, LongFunction<QueueCounts>> sources = new ConcurrentHashMap<>();
  private final Map<String, QueueCounts> newest = new ConcurrentHashMap<>();

  /**
   * From now on a task's part is asked for here.
   *
   * @param task its id, as the processor context has it
   * @param counts takes now in epoch milliseconds; called about once per second on the task's
   *     stream thread, so it walks nothing; its succeeded and exhausted stay 0
   */
  public void watch(String task, LongFunction<QueueCounts> counts) {
    sources.put(task, counts);
  }

  /** The task is closed; without effect when another owner in this process has taken it over. */
  public void forget(String task, LongFunction<QueueCounts> counts) {
    if (sources.remove(task, counts)) {
      newest.remove(task);
    }
  }

  /** A task's part; empty where nobody told. On the task's stream thread only. */
  public Optional<QueueCounts> countsOf(String task, long now) {
    LongFunction<QueueCounts> source = sources.get(task);
    if (source == null) {
      return Optional.empty();
    }
    QueueCounts counts = source.apply(now);
    newest.put(task, counts);
    return Optional.of(counts);
  }

  /** Requests of one priority in the queue, over all tasks of this process. Any thread. */
  public long parked(Priority priority) {
    return newest.values().stream()
        .mapToLong(counts -> counts.getByPriority().getOrDefault(priority.name(), 0L))
        .sum();
  }
}
