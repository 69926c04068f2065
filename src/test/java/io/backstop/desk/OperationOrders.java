package io.backstop.desk;

import io.backstop.action.DeadLetter;
import io.backstop.action.DeskOrder;
import io.backstop.action.OperationKind;
import io.backstop.action.OperationPlan;
import io.backstop.action.ReplayOutcome;
import io.backstop.action.ResultStatus;
import io.backstop.action.SelectLetters;
import io.backstop.action.Selection;
import io.backstop.action.SelectionFilter;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What a coordinator and the processors of requests tell a desk. */
final class OperationOrders {
  private OperationOrders() {}

  static OperationPlan.Builder plan(OperationKind kind) {
    return OperationPlan.newBuilder().setKind(kind).setActor("ann").setReason("it is mended");
  }

  static OperationPlan.Builder replay() {
    return plan(OperationKind.REPLAY);
  }

  static DeskOrder.Builder order(String operationId) {
    return DeskOrder.newBuilder().setOperationId(operationId).setAt(Letters.START);
  }

  static DeskOrder.Builder selectIds(
      String operationId, OperationPlan.Builder plan, String... ids) {
    return select(operationId, plan, selection().setIds(List.of(ids)));
  }

  /** Those before an offset of the desk's partition. */
  static DeskOrder.Builder selectFilter(
      String operationId, OperationPlan.Builder plan, SelectionFilter.Builder filter, long before) {
    return select(
        operationId, plan, selection().setFilter(filter.build()).setCutOff(Map.of("0", before)));
  }

  static DeskOrder.Builder select(
      String operationId, OperationPlan.Builder plan, Selection.Builder selection) {
    return order(operationId).setSelect(new SelectLetters(selection.build(), plan.build()));
  }

  static Selection.Builder selection() {
    return Selection.newBuilder().setCount(0).setHash("0".repeat(32));
  }

  static DeskOrder.Builder release(String operationId, int letters) {
    return order(operationId).setRelease(letters);
  }

  static DeskOrder.Builder outcome(String operationId, String letterId, int generation) {
    return outcome(operationId, letterId, generation, false, true);
  }

  static DeskOrder.Builder outcome(
      String operationId, String letterId, int generation, boolean suppressed, boolean done) {
    ResultStatus status = done ? ResultStatus.SUCCEEDED : ResultStatus.DEAD_LETTERED;
    return order(operationId)
        .setOutcome(new ReplayOutcome(letterId, generation, suppressed, done, status));
  }

  /** What the replay of a letter left when it failed again. */
  static DeadLetter child(
      String id, String parentId, int generation, String operationId, Instant createdAt) {
    return DeadLetter.newBuilder(Letters.failed(id, createdAt, "down again"))
        .setGeneration(generation)
        .setParentId(parentId)
        .setRootId(parentId)
        .setReplayId(operationId)
        .build();
  }
}
