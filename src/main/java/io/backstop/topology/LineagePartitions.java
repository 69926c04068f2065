package io.backstop.topology;

import io.backstop.action.DeadLetter;
import io.backstop.deadletter.LetterWriting;
import io.backstop.idempotency.LineageReport;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leads what comes of a replayed request to the desk that has replayed it. Which desk that is
 * stands in the request's headers, which anyone can write: one that is not there must not stop the
 * task.
 */
final class LineagePartitions {
  private static final Logger LOG = LoggerFactory.getLogger(LineagePartitions.class);

  private LineagePartitions() {}

  /** Empty, which is the partition of the key, for a letter that has no desk of its own. */
  static Optional<Set<Integer>> ofLetter(
      String topic, byte[] key, DeadLetter letter, int partitions) {
    OptionalInt desk = LetterWriting.desk(letter, partitions);
    return desk.isPresent() ? Optional.of(Set.of(desk.getAsInt())) : Optional.empty();
  }

  /** No partition at all, so that the report is dropped, where there is no such desk. */
  static Optional<Set<Integer>> ofReport(
      String topic, byte[] key, LineageReport report, int partitions) {
    if (report.desk() < partitions) {
      return Optional.of(Set.of(report.desk()));
    }
    LOG.warn(
        "replay not reported: no such desk operation={} desk={} topic={} partitions={}",
        report.order().getOperationId(),
        report.desk(),
        topic,
        partitions);
    return Optional.of(Set.of());
  }
}
