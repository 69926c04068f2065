package io.backstop.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.DeadLetter;
import io.backstop.action.DeskOrder;
import io.backstop.action.Failure;
import io.backstop.action.FailureClass;
import io.backstop.action.Lineage;
import io.backstop.action.OriginalRecord;
import io.backstop.action.RecordHeader;
import io.backstop.deadletter.LetterWriting;
import io.backstop.idempotency.LineageReport;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The test driver has one partition only. */
class LineagePartitionsTest {
  private static final List<RecordHeader> OF_DESK_2 =
      new Lineage("op", 1, Optional.of("p"), Optional.of("r"), 2, false).stamp(List.of());

  @Test
  void shouldLeadAChildToTheDeskOfItsParent() {
    assertThat(ofLetter(OF_DESK_2, 3)).contains(Set.of(2));
  }

  @Test
  void shouldLeaveOtherLettersToThePartitionOfTheirKey() {
    assertThat(ofLetter(List.of(), 3)).isEmpty();
    assertThat(ofLetter(OF_DESK_2, 2)).isEmpty();
  }

  @Test
  void shouldReportToTheDeskThatReplayed() {
    assertThat(ofReport(3)).contains(Set.of(2));
  }

  @Test
  void shouldReportToNobodyWhereThereIsNoSuchDesk() {
    assertThat(ofReport(2)).contains(Set.of());
  }

  private static Optional<Set<Integer>> ofLetter(List<RecordHeader> headers, int partitions) {
    Failure failure = Failure.ofRecord(original(headers), FailureClass.UNDECODABLE, "why");
    DeadLetter letter = LetterWriting.letter(failure, 0);
    return LineagePartitions.ofLetter("actions.dead-letters", null, letter, partitions);
  }

  private static Optional<Set<Integer>> ofReport(int partitions) {
    DeskOrder order = DeskOrder.newBuilder().setOperationId("op").setAt(Instant.EPOCH).build();
    LineageReport report = new LineageReport(original(OF_DESK_2), 2, order);
    return LineagePartitions.ofReport("actions.desk-orders", null, report, partitions);
  }

  private static OriginalRecord original(List<RecordHeader> headers) {
    return new OriginalRecord("actions.requests", 0, 7L, 0L, null, null, headers);
  }
}
