package io.backstop.execution;

import io.backstop.action.Priority;
import io.backstop.execution.Lane.Entry;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/** What waits for one service in one task: a lane for each priority. Stream thread only. */
final class WaitingRequests {
  private final Map<Priority, Lane> lanes = new EnumMap<>(Priority.class);
  private final PriorityTurn turn;
  private final Predicate<String> isCounted;

  /**
   * @param isCounted whether a request that is added now is to be counted; one that the task's walk
   *     through its work has still to come past is counted when it is found there
   */
  WaitingRequests(
      KeyValueStore<Bytes, String> store,
      String service,
      int starvationTurn,
      Predicate<String> isCounted) {
    this.isCounted = isCounted;
    this.turn = new PriorityTurn(starvationTurn);
    for (Priority priority : Priority.values()) {
      lanes.put(priority, new Lane(store, service, priority));
    }
  }

  void add(Priority priority, long sequence, String idempotencyKey) {
    lanes.get(priority).add(sequence, idempotencyKey);
    if (isCounted.test(idempotencyKey)) {
      found(priority);
    }
  }

  /** One that an earlier owner of the task has added still waits. */
  void found(Priority priority) {
    lanes.get(priority).count();
  }

  /** Tells how much waits in each lane that is not empty. */
  void depths(BiConsumer<Priority, Lane> taken) {
    lanes.forEach(
        (priority, lane) -> {
          if (!lane.isEmpty() && lane.size() > 0) {
            taken.accept(priority, lane);
          }
        });
  }

  boolean isEmpty() {
    for (Lane lane : lanes.values()) {
      if (!lane.isEmpty()) {
        return false;
      }
    }
    return true;
  }

  /** What waits, as far as other tasks make way for it. */
  Demand demand() {
    Demand demand = Demand.NONE;
    for (Map.Entry<Priority, Lane> lane : lanes.entrySet()) {
      if (!lane.getValue().isEmpty()) {
        Demand own = Demand.of(lane.getKey());
        demand = own.compareTo(demand) > 0 ? own : demand;
      }
    }
    return demand;
  }

  /** Takes out the one whose turn it is. */
  Entry take() {
    Set<Priority> waiting = EnumSet.noneOf(Priority.class);
    lanes.forEach(
        (priority, lane) -> {
          if (!lane.isEmpty()) {
            waiting.add(priority);
          }
        });
    return lanes.get(turn.next(waiting)).take();
  }

  /** The idempotency key that stands at a place; null when the place is free. */
  String holder(Priority priority, long sequence) {
    return lanes.get(priority).holder(sequence);
  }

  void free(Priority priority, long sequence) {
    lanes.get(priority).free(sequence);
  }

  /** The greatest place of any lane; -1 for none. */
  long last() {
    long last = -1;
    for (Lane lane : lanes.values()) {
      last = Math.max(last, lane.last());
    }
    return last;
  }
}
