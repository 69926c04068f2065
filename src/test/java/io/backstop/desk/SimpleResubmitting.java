package io.backstop.desk;

import io.backstop.action.DeadLetter;
import io.backstop.action.DeskLetter;
import io.backstop.action.Lineage;
import io.backstop.action.OperationPlan;
import io.backstop.action.PassedOver;
import io.backstop.action.RecordHeaders;
import io.backstop.action.Resubmission;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Every letter can be sent in, but for those of which a test says why not. */
final class SimpleResubmitting implements Resubmitting {
  final Map<String, PassedOver> left = new HashMap<>();

  /** Ids of letters that it cannot judge. */
  final Set<String> defects = new HashSet<>();

  @Override
  public Optional<String> problem(OperationPlan plan) {
    return "nowhere".equals(plan.getTo())
        ? Optional.of("there is no target 'nowhere'")
        : Optional.empty();
  }

  @Override
  public Verdict of(DeskLetter kept, OperationPlan plan, String operationId, int desk, long now) {
    DeadLetter letter = kept.getLetter();
    if (defects.contains(letter.getId())) {
      throw new IllegalStateException("a defect");
    }
    if (left.containsKey(letter.getId())) {
      return new Verdict.Left(left.get(letter.getId()), "because");
    }
    Optional<String> id = Optional.of(letter.getId()).filter(each -> !each.isEmpty());
    Lineage lineage =
        new Lineage(
            operationId, letter.getGeneration() + 1 + kept.getReplays(), id, id, desk, false);
    Resubmission again =
        new Resubmission(
            "actions.requests",
            0,
            null,
            RecordHeaders.bytes(letter.getOriginal().getValue()),
            lineage.stamp(letter.getOriginal().getHeaders()));
    return new Verdict.Ready(again, "notion:createPage");
  }
}
