package io.backstop.replay;

import io.backstop.action.OperationDesk;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;

/**
 * From which desks the next letters are released. Each desk releases its own oldest first; so that
 * the oldest of all go first, more or less, the next letter is always one of the desk that is least
 * far with what it has.
 */
final class Spreading {

  /** A desk, and what it is to release now. */
  private static final class Turn {
    private final int partition;
    private final OperationDesk desk;
    private final long room;
    private int given;

    Turn(int partition, OperationDesk desk, long mostPending) {
      this.partition = partition;
      this.desk = desk;
      long pending = desk.getOrdered() - desk.getWorked();
      this.room = Math.min(Desks.left(desk), mostPending - pending);
    }

    boolean hasRoom() {
      return given < room;
    }

    double done() {
      return (double) (desk.getOrdered() + given) / desk.getCount();
    }
  }

  private Spreading() {}

  /**
   * @param total how many letters at most, of all desks
   * @param mostPending how many letters of one desk may be released and not worked on
   * @return how many, by partition: never more than the desk has left; only desks that are to
   *     release any
   */
  static Map<Integer, Integer> over(List<OperationDesk> desks, long total, long mostPending) {
    PriorityQueue<Turn> turns =
        new PriorityQueue<>(
            Comparator.comparingDouble(Turn::done)
                .thenComparing(Comparator.comparingLong((Turn turn) -> turn.room).reversed())
                .thenComparingInt(turn -> turn.partition));
    for (int partition = 0; partition < desks.size(); partition++) {
      Turn turn = new Turn(partition, desks.get(partition), mostPending);
      if (turn.hasRoom()) {
        turns.add(turn);
      }
    }
    Map<Integer, Integer> counts = new TreeMap<>();
    for (long given = 0; given < total && !turns.isEmpty(); given++) {
      Turn next = turns.poll();
      next.given++;
      counts.put(next.partition, next.given);
      if (next.hasRoom()) {
        turns.add(next);
      }
    }
    return counts;
  }
}
