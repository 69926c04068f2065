package io.backstop.desk;

import io.backstop.action.ActionRequest;
import io.backstop.action.Attempt;
import io.backstop.action.DeadLetter;
import io.backstop.action.DeskLetter;
import io.backstop.action.Lineage;
import io.backstop.action.OperationKind;
import io.backstop.action.OperationPlan;
import io.backstop.action.OriginalRecord;
import io.backstop.action.PassedOver;
import io.backstop.action.PayloadConversion;
import io.backstop.action.Resubmission;
import io.backstop.action.Steps;
import io.backstop.executor.Targets;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;

/**
 * Judges by today's schemas, targets and rules, and makes the record that goes in. Unless the plan
 * changes the request, its bytes are the ones that it came with.
 */
public final class LetterResubmitting implements Resubmitting {
  /** More has no place in the headers of a lineage. */
  private static final int MOST_GENERATION = 999_999_999;

  /** What the intake would say of a request. */
  @FunctionalInterface
  public interface Validation {
    /**
     * @param carrier the record that would carry the request
     * @return one sentence; empty when it would be let in
     */
    Optional<String> problem(OriginalRecord carrier, ActionRequest request, long now);
  }

  private final RequestBytes bytes;
  private final ResubmittedRecords records;
  private final Validation validation;
  private final StraightTo straight;

  public LetterResubmitting(
      RequestBytes bytes, Validation validation, Targets targets, PayloadConversion conversion) {
    this.bytes = bytes;
    this.records = new ResubmittedRecords(bytes);
    this.validation = validation;
    this.straight = new StraightTo(targets, conversion);
  }

  @Override
  public Optional<String> problem(OperationPlan plan) {
    if (plan.getKind() != OperationKind.REPLAY) {
      return Optional.empty();
    } else if (plan.getTo() != null && plan.getOnlyFailedStep()) {
      return Optional.of("it cannot go to %s and only to the failed step".formatted(plan.getTo()));
    }
    return Optional.ofNullable(plan.getTo())
        .flatMap(straight::problem)
        .or(() -> Optional.ofNullable(plan.getPatch()).flatMap(PayloadPatch::problem));
  }

  @Override
  public Verdict of(DeskLetter letter, OperationPlan plan, String operationId, int desk, long now) {
    try {
      Lineage lineage = lineage(letter, plan, operationId, desk);
      return ready(letter.getLetter(), plan, lineage, now);
    } catch (LeftAlone e) {
      return new Verdict.Left(e.why(), e.getMessage());
    }
  }

  private static Lineage lineage(
      DeskLetter kept, OperationPlan plan, String operationId, int desk) {
    DeadLetter letter = kept.getLetter();
    long generation = Math.max(letter.getGeneration(), 0) + 1L + kept.getReplays();
    if (generation > Math.min(plan.getMaxGeneration(), MOST_GENERATION)) {
      throw new LeftAlone(
          PassedOver.GENERATION,
          "its replay would be of generation %d, and %d is the highest that was asked for"
              .formatted(generation, plan.getMaxGeneration()));
    }
    Optional<String> id = Optional.of(letter.getId()).filter(each -> !each.isEmpty());
    return new Lineage(
        operationId,
        (int) generation,
        id,
        id.map(each -> letter.getRootId() == null ? each : letter.getRootId()),
        desk,
        plan.getForceNewGeneration());
  }

  private Verdict ready(DeadLetter letter, OperationPlan plan, Lineage lineage, long now) {
    OriginalRecord original = letter.getOriginal();
    if (letter.getOriginalTruncated()) {
      throw new LeftAlone(
          PassedOver.CUT,
          "only a part of its original is kept: the whole is at %s-%d, offset %d"
              .formatted(original.getTopic(), original.getPartition(), original.getOffset()));
    }
    HeldRequest held = bytes.read(original);
    if (plan.getPatch() != null) {
      held = held.with(PayloadPatch.apply(plan.getPatch(), held.request()));
    }
    requireTime(held.request(), now);
    String action = held.request().getAction();
    String target = target(letter, plan, action);
    if (!target.equals(action)) {
      straight.check(held.request(), target);
      return new Verdict.Ready(records.toStep(target, held, original, lineage, now), target);
    } else if (plan.getTo() != null || plan.getOnlyFailedStep()) {
      return toAction(held.withoutSteps(), original, lineage, now);
    }
    return held.hop().isPresent()
        ? backToStep(held, original, lineage)
        : toAction(held, original, lineage, now);
  }

  private static void requireTime(ActionRequest request, long now) {
    Instant deadline = request.getDeadline();
    if (deadline != null && deadline.toEpochMilli() <= now) {
      throw LeftAlone.invalid(
          "its deadline, %s, has passed: no call would be started for it".formatted(deadline));
    }
  }

  private static String target(DeadLetter letter, OperationPlan plan, String action) {
    if (plan.getTo() != null) {
      return plan.getTo();
    }
    String target = action;
    if (plan.getOnlyFailedStep()) {
      for (Attempt attempt : letter.getAttempts()) {
        target = Steps.isTarget(attempt.getTarget()) ? attempt.getTarget() : target;
      }
    }
    return target;
  }

  private Verdict toAction(HeldRequest held, OriginalRecord original, Lineage lineage, long now) {
    Resubmission made = records.toRequests(held, original, lineage);
    OriginalRecord carrier =
        new OriginalRecord(
            made.topic(),
            made.partition(),
            -1L,
            now,
            original.getKey(),
            ByteBuffer.wrap(made.value()),
            made.headers());
    Optional<String> problem = validation.problem(carrier, held.request(), now);
    if (problem.isPresent()) {
      throw LeftAlone.invalid(problem.get());
    }
    return new Verdict.Ready(made, held.request().getAction());
  }

  private Verdict backToStep(HeldRequest held, OriginalRecord original, Lineage lineage) {
    String step = held.step();
    String action = held.request().getAction();
    String target = Steps.isTarget(step) ? step : action;
    if (!target.equals(action)) {
      straight.check(held.request(), target);
    }
    return new Verdict.Ready(records.backToStep(held, original, lineage), target);
  }
}
