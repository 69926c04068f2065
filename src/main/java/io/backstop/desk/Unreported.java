package io.backstop.desk;

import io.backstop.action.DeskReport;
import io.backstop.action.PassedOver;
import io.backstop.action.ReplayOutcome;
import io.backstop.action.SelectedLetters;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * What the desk has done for operations and not told yet. It stands in a store, so that it goes
 * with the change it is about or not at all. Stream thread only.
 */
final class Unreported {
  /** Ids that somebody else makes up need not be kept. */
  private static final int LONGEST_ID = 400;

  private final KeyValueStore<String, DeskReport> store;
  private final Set<String> waiting = new TreeSet<>();
  private boolean recovered;

  Unreported(KeyValueStore<String, DeskReport> store) {
    this.store = store;
  }

  /** All letters of an operation have been looked for. */
  void selected(String operationId, SelectedLetters selected) {
    put(operationId, report(operationId).setSelected(selected));
  }

  /**
   * Letters were worked on.
   *
   * @param passedOver those that were left as they are, by reason
   */
  void released(String operationId, long changed, Map<String, Long> passedOver) {
    DeskReport.Builder report = report(operationId);
    long left = 0;
    Map<String, Long> all = new HashMap<>(report.getPassedOver());
    for (Map.Entry<String, Long> each : passedOver.entrySet()) {
      all.merge(each.getKey(), each.getValue(), Long::sum);
      left += each.getValue();
    }
    put(
        operationId,
        report
            .setReleased(report.getReleased() + changed + left)
            .setChanged(report.getChanged() + changed)
            .setPassedOver(all));
  }

  /**
   * Letters were released that this desk does not have in readiness.
   *
   * @param count 0 for none
   */
  void lost(String operationId, PassedOver why, long count) {
    if (count > 0) {
      released(operationId, 0, Map.of(why.name(), count));
    }
  }

  /** A replayed request left a further dead letter. */
  void failedAgain(String operationId) {
    DeskReport.Builder report = report(operationId);
    put(operationId, report.setFailedAgain(report.getFailedAgain() + 1));
  }

  /** A replayed request ended; one that neither did what was asked for nor was done failed. */
  void ended(String operationId, ReplayOutcome outcome) {
    if (outcome.getSuppressed()) {
      DeskReport.Builder report = report(operationId);
      put(operationId, report.setSuppressed(report.getSuppressed() + 1));
    } else if (outcome.getDone()) {
      DeskReport.Builder report = report(operationId);
      put(operationId, report.setSucceeded(report.getSucceeded() + 1));
    } else {
      failedAgain(operationId);
    }
  }

  /** Hands all of it to {@code reporting}, and forgets it. */
  void report(int partition, long now, Consumer<DeskReport> reporting) {
    recover();
    for (String operationId : waiting) {
      DeskReport report = store.delete(operationId);
      reporting.accept(
          DeskReport.newBuilder(report)
              .setPartition(partition)
              .setAt(Instant.ofEpochMilli(now))
              .build());
    }
    waiting.clear();
  }

  private void recover() {
    if (recovered) {
      return;
    }
    recovered = true;
    try (KeyValueIterator<String, DeskReport> all = store.all()) {
      while (all.hasNext()) {
        KeyValue<String, DeskReport> next = all.next();
        waiting.add(next.key);
      }
    }
  }

  private DeskReport.Builder report(String operationId) {
    DeskReport known = operationId.length() > LONGEST_ID ? null : store.get(operationId);
    return known == null
        ? DeskReport.newBuilder()
            .setOperationId(operationId)
            .setPartition(-1)
            .setAt(Instant.EPOCH)
            .setPassedOver(Map.of())
        : DeskReport.newBuilder(known);
  }

  private void put(String operationId, DeskReport.Builder report) {
    if (operationId.isEmpty() || operationId.length() > LONGEST_ID) {
      return;
    }
    store.put(operationId, report.build());
    waiting.add(operationId);
  }
}
