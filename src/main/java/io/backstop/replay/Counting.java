package io.backstop.replay;

import io.backstop.action.DeskReport;
import io.backstop.action.KeptOperation;
import io.backstop.action.OperationKind;
import io.backstop.action.OperationStatus;
import java.util.Map;
import java.util.TreeMap;

/** Adds up what desks report, and says what of a replay is under way. */
final class Counting {
  private Counting() {}

  /** Adds what one report tells; a report that takes something back is wrong and does not count. */
  static void add(OperationStatus.Builder status, DeskReport report) {
    status
        .setReleased(status.getReleased() + counted(report.getReleased()))
        .setChanged(status.getChanged() + counted(report.getChanged()))
        .setSucceeded(status.getSucceeded() + counted(report.getSucceeded()))
        .setFailedAgain(status.getFailedAgain() + counted(report.getFailedAgain()))
        .setSuppressed(status.getSuppressed() + counted(report.getSuppressed()))
        .setPassedOver(sum(status.getPassedOver(), report.getPassedOver()));
  }

  static void addTargets(OperationStatus.Builder status, Map<String, Long> targets) {
    status.setTargets(sum(status.getTargets(), targets));
  }

  private static Map<String, Long> sum(Map<String, Long> one, Map<String, Long> other) {
    Map<String, Long> both = new TreeMap<>(one);
    other.forEach((name, count) -> both.merge(name, counted(count), Long::sum));
    return both;
  }

  private static long counted(long count) {
    return Math.max(0, count);
  }

  /**
   * How many of the released letters have not ended: released by an order and neither passed over
   * nor known by an outcome.
   */
  static long outstanding(long ordered, OperationStatus.Builder status) {
    return ordered
        - passedOver(status.getPassedOver())
        - status.getSucceeded()
        - status.getFailedAgain()
        - status.getSuppressed();
  }

  /** The same of an operation, 0 of one that is no replay. */
  static long outstanding(KeptOperation operation) {
    OperationStatus status = operation.getStatus();
    return status.getKind() != OperationKind.REPLAY
        ? 0
        : Math.max(
            0,
            new Desks(operation.getDesks()).ordered()
                - passedOver(status.getPassedOver())
                - status.getSucceeded()
                - status.getFailedAgain()
                - status.getSuppressed());
  }

  static long passedOver(Map<String, Long> byReason) {
    return byReason.values().stream().mapToLong(Long::longValue).sum();
  }
}
