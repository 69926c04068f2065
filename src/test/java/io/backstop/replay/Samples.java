package io.backstop.replay;

import io.backstop.action.Command;
import io.backstop.action.DeskReport;
import io.backstop.action.KeptOperation;
import io.backstop.action.LetterSet;
import io.backstop.action.OperationKind;
import io.backstop.action.OperationPlan;
import io.backstop.action.SelectedLetters;
import io.backstop.action.Selection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Letters, and what operations on them begin with. */
final class Samples {
  static final long NOW = Instant.parse("2026-03-01T10:00:00Z").toEpochMilli();

  private Samples() {}

  /** The ids of so many letters of a desk. */
  static List<String> ids(int desk, int count) {
    return IntStream.range(0, count).mapToObj(n -> "actions.requests-" + desk + "-" + n).toList();
  }

  static LetterSet set(List<String> ids) {
    LetterSet set = LetterSet.EMPTY;
    for (String id : ids) {
      set = set.with(id);
    }
    return set;
  }

  /**
   * All letters of desks.
   *
   * @param counts how many, by desk
   */
  static LetterSet set(int... counts) {
    LetterSet set = LetterSet.EMPTY;
    for (int desk = 0; desk < counts.length; desk++) {
      set = set.and(set(ids(desk, counts[desk])));
    }
    return set;
  }

  static Selection selection(LetterSet set) {
    return Selection.newBuilder()
        .setFilter(io.backstop.action.SelectionFilter.newBuilder().setAction("notion:x").build())
        .setCutOff(Map.of("0", 1_000L))
        .setCount(set.count())
        .setHash(set.hash())
        .build();
  }

  static Selection selection(List<String> ids) {
    return Selection.newBuilder().setIds(ids).setCount(ids.size()).setHash(set(ids).hash()).build();
  }

  static Command.Builder command(String id, String name) {
    return Command.newBuilder()
        .setCommandId(id)
        .setName(name)
        .setActor("ann")
        .setReason("drill")
        .setIssuedAt(Instant.ofEpochMilli(NOW));
  }

  /** An operation that has begun, without an answer of any desk. */
  static KeptOperation begun(
      OperationKind kind, Double rate, boolean ramp, double abortAbove, int... counts) {
    OperationPlan plan = OperationPlan.newBuilder().setKind(kind).build();
    Command command = command("op", "replay.start").setSelection(selection(set(counts))).build();
    KeptOperation begun =
        OperationRecords.begun(command, new Asked.Start(plan, rate, ramp, abortAbove), NOW);
    return Operation.apply(begun, new OperationEvent.Ordered(counts.length), NOW).state();
  }

  static DeskReport.Builder report(int desk) {
    return DeskReport.newBuilder()
        .setOperationId("op")
        .setPartition(desk)
        .setAt(Instant.ofEpochMilli(NOW));
  }

  static DeskReport selected(int desk, int count, Map<String, Long> targets) {
    return report(desk)
        .setSelected(
            SelectedLetters.newBuilder()
                .setCount(count)
                .setHash(set(ids(desk, count)).hash())
                .setTargets(targets)
                .build())
        .build();
  }
}
