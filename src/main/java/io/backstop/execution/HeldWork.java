package io.backstop.execution;

import io.backstop.action.InFlightWork;
import io.backstop.action.Work;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The requests of one task that wait for a paused target: in lanes of their own, so that they do
 * not stand in the way of other targets of the same service, and nobody looks at them again until
 * the target is resumed. Stream thread only.
 */
final class HeldWork {
  /** No scope has a name with a blank in it. */
  private static final String PREFIX = "held ";

  private final Predicate<String> paused;
  private final InFlightStore inFlight;
  private final BackingOff backingOff;
  private final Backlog lanes;

  /**
   * @param paused whether a target is paused now
   * @param waiting the store of what waits, which these lanes stand in too
   * @param isCounted as {@link Backlog} has it
   */
  HeldWork(
      Predicate<String> paused,
      InFlightStore inFlight,
      BackingOff backingOff,
      KeyValueStore<Bytes, String> waiting,
      int starvationTurn,
      Predicate<String> isCounted) {
    this.paused = paused;
    this.inFlight = inFlight;
    this.backingOff = backingOff;
    this.lanes = new Backlog(waiting, starvationTurn, isCounted);
  }

  /** Whether no call to a target may be started now. */
  boolean isPaused(String target) {
    return paused.test(target);
  }

  /** Whether nothing is held; true only of a task whose work was resumed. */
  boolean isEmpty() {
    return lanes.scopes().isEmpty() || lanes.isEmpty();
  }

  /** Whether nothing is held for a target; true only of a task whose work was resumed. */
  boolean isEmpty(String target) {
    return lanes.scopes().isEmpty()
        || !lanes.scopes().contains(PREFIX + target)
        || lanes.of(PREFIX + target).isEmpty();
  }

  /** Holds work that has just come. */
  void hold(Work work, long now) {
    String lane = PREFIX + work.target();
    long place = lanes.nextSequence(lane, now);
    inFlight.putWaiting(work, place);
    lanes.of(lane).add(work.priority(), place, work.idempotencyKey());
    if (work.request().getDeadline() != null) {
      backingOff.add(work.idempotencyKey(), work.request().getDeadline().toEpochMilli());
    }
  }

  /** Holds stored work whose turn came; its deadline is known already. */
  void hold(String idempotencyKey, InFlightWork stored, long now) {
    String lane = PREFIX + stored.getTarget();
    long place = lanes.nextSequence(lane, now);
    inFlight.requeue(idempotencyKey, stored, stored.getAttempts(), place);
    lanes.of(lane).add(stored.getPriority(), place, idempotencyKey);
  }

  /** Whether stored work is held; asked also about what an earlier owner of the task has left. */
  boolean finds(String idempotencyKey, InFlightWork stored) {
    Long place = stored.getWaitingSequence();
    return place != null
        && lanes.holds(PREFIX + stored.getTarget(), stored.getPriority(), place, idempotencyKey);
  }

  /** Whether stored work is held; known only of a task whose work was resumed. */
  boolean holds(String idempotencyKey, InFlightWork stored) {
    return lanes.scopes().contains(PREFIX + stored.getTarget()) && finds(idempotencyKey, stored);
  }

  /**
   * Takes out what is held for targets that are not paused any more, by priority.
   *
   * @param limit how many at most of each target
   * @param taken takes their places, which may have outlived their work
   */
  void release(int limit, Consumer<Lane.Entry> taken) {
    for (int index = 0; index < lanes.scopes().size(); index++) {
      String lane = lanes.scopes().get(index);
      if (!isPaused(lane.substring(PREFIX.length()))) {
        WaitingRequests held = lanes.of(lane);
        for (int count = 0; count < limit && !held.isEmpty(); count++) {
          taken.accept(held.take());
        }
      }
    }
  }

  /** The task's walk through its work has come past a request that is held. */
  void found(InFlightWork stored) {
    lanes.found(PREFIX + stored.getTarget(), stored.getPriority());
  }

  /** How many are held for which target. */
  Map<String, Long> counts() {
    Map<String, Long> counts = new HashMap<>();
    lanes
        .depths()
        .forEach(
            (lane, depth) ->
                counts.merge(lane.scope().substring(PREFIX.length()), depth.size(), Long::sum));
    return counts;
  }

  /** Stored work that is held ends. */
  void free(InFlightWork stored) {
    lanes.free(PREFIX + stored.getTarget(), stored.getPriority(), stored.getWaitingSequence());
  }
}
