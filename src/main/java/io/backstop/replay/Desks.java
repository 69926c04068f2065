package io.backstop.replay;

import io.backstop.action.LetterSet;
import io.backstop.action.OperationDesk;
import io.backstop.action.SelectedLetters;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/**
 * What the desks of one operation have in readiness, and how much of it was released and worked on.
 * Immutable.
 *
 * @param all by partition
 */
record Desks(List<OperationDesk> all) {

  /** None has answered yet. */
  static Desks asked(int count) {
    return new Desks(Collections.nCopies(count, OperationDesk.newBuilder().build()));
  }

  /** Partitions of those that have not said what they have in readiness. */
  List<Integer> silent() {
    return IntStream.range(0, all.size())
        .filter(desk -> !hasAnswered(all.get(desk)))
        .boxed()
        .toList();
  }

  boolean has(int partition) {
    return partition >= 0 && partition < all.size();
  }

  boolean hasAnswered(int partition) {
    return hasAnswered(all.get(partition));
  }

  private static boolean hasAnswered(OperationDesk desk) {
    return desk.getCount() >= 0;
  }

  /** How many letters they have found. */
  long found() {
    return sum(desk -> Math.max(0, desk.getCount()));
  }

  /** The letters that they have found; empty when one has written no hash. */
  Optional<LetterSet> letters() {
    try {
      return Optional.of(
          all.stream()
              .map(desk -> LetterSet.of(desk.getCount(), desk.getHash()))
              .reduce(LetterSet.EMPTY, LetterSet::and));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** How many letters were released by orders. */
  long ordered() {
    return sum(OperationDesk::getOrdered);
  }

  /** How many letters they have worked on or passed over. */
  long worked() {
    return sum(OperationDesk::getWorked);
  }

  /** How many letters are to be released yet. */
  long left() {
    return sum(Desks::left);
  }

  static long left(OperationDesk desk) {
    return Math.max(0, desk.getCount() - desk.getOrdered());
  }

  private long sum(ToLongFunction<OperationDesk> part) {
    return all.stream().mapToLong(part).sum();
  }

  Desks found(int partition, SelectedLetters selected) {
    OperationDesk before = all.get(partition);
    return with(
        partition,
        new OperationDesk(
            Math.max(0, selected.getCount()),
            selected.getHash(),
            before.getOrdered(),
            before.getWorked()));
  }

  Desks workedOn(int partition, long letters) {
    OperationDesk before = all.get(partition);
    return with(
        partition,
        new OperationDesk(
            before.getCount(),
            before.getHash(),
            before.getOrdered(),
            before.getWorked() + Math.max(0, letters)));
  }

  /**
   * @param counts how many letters are released, by partition
   */
  Desks release(Map<Integer, Integer> counts) {
    Desks after = this;
    for (Map.Entry<Integer, Integer> each : counts.entrySet()) {
      OperationDesk before = all.get(each.getKey());
      after =
          after.with(
              each.getKey(),
              new OperationDesk(
                  before.getCount(),
                  before.getHash(),
                  before.getOrdered() + each.getValue(),
                  before.getWorked()));
    }
    return after;
  }

  private Desks with(int partition, OperationDesk desk) {
    List<OperationDesk> changed = new ArrayList<>(all);
    changed.set(partition, desk);
    return new Desks(List.copyOf(changed));
  }
}
