package io.backstop.execution;

import io.backstop.action.Attempt;
import io.backstop.action.AttemptOutcome;
import io.backstop.action.CachedResult;
import io.backstop.action.Cascade;
import io.backstop.action.FailureClass;
import io.backstop.action.PolicyOverrides;
import io.backstop.action.ResultCache;
import io.backstop.action.ServedFromCache;
import io.backstop.action.ServiceFailure;
import io.backstop.action.ServiceName;
import io.backstop.action.Steps;
import io.backstop.action.TerminalOutcome;
import io.backstop.action.Work;
import io.backstop.config.ParkingConfig;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Goes through the fallback steps of a request in their order, from the one after that which has
 * failed to the first that can be taken. What cannot be taken leaves a trace in the history.
 */
final class CascadeWalk {

  /** What became of one step. */
  private sealed interface Taken {
    record On(Onward onward) implements Taken {}

    record Not(FailureClass failureClass, String reason) implements Taken {}
  }

  private static final String NO_USE = "to try it again later would not help";
  private static final Set<FailureClass> REQUEST_AT_FAULT =
      Set.of(FailureClass.VALIDATION, FailureClass.NOT_FOUND, FailureClass.CONFLICT);

  private final ResultCache cache;
  private final Fallbacks fallbacks;
  private final Predicate<String> known;

  /**
   * @param known whether a target is known to this process as a step
   */
  CascadeWalk(ResultCache cache, Fallbacks fallbacks, Predicate<String> known) {
    this.cache = cache;
    this.fallbacks = fallbacks;
    this.known = known;
  }

  /**
   * @param failed with its failure as the last attempt
   * @param noMore why its last target is not tried again; empty where it never would be
   */
  Onward on(Work failed, String noMore, long now) {
    tellHealth(failed, now);
    Work work = failed.cascade().hasBegun() ? failed : begun(failed);
    Cascade cascade = work.cascade();
    for (int index = next(cascade); index < cascade.steps().size(); index++) {
      String step = cascade.steps().get(index);
      if (step.equals(Steps.DEAD_LETTER)) {
        break;
      }
      Taken taken = take(step, work.with(cascade.at(index)), now);
      if (taken instanceof Taken.On on) {
        return on.onward();
      }
      Taken.Not not = (Taken.Not) taken;
      work =
          work.with(cascade.at(index))
              .with(AttemptHistory.notTaken(step, not.failureClass(), not.reason(), now));
    }
    return new Onward.Ended(Verdict.failed(work, noMore));
  }

  /** Which failures count is for the health to say. */
  private void tellHealth(Work failed, long now) {
    Attempt last = failed.lastAttempt();
    String target = last.getTarget();
    fallbacks
        .health()
        .failed(
            new ServiceFailure(
                ServiceName.service(target),
                target,
                Instant.ofEpochMilli(now),
                last.getFailureClass(),
                last.getMessage() == null ? "" : last.getMessage()));
  }

  private Work begun(Work failed) {
    FailureClass why = failed.lastAttempt().getFailureClass();
    return failed.with(fallbacks.rule().cascadeOf(failed.request(), why));
  }

  /** A request whose primary action failed again after it was parked may be parked again. */
  private static int next(Cascade cascade) {
    boolean wasParked = cascade.hasBegun() && Steps.isQueue(cascade.step());
    return wasParked ? cascade.position() : cascade.position() + 1;
  }

  private Taken take(String step, Work work, long now) {
    return switch (step) {
      case Steps.CACHED_RESULT -> fromCache(work, now);
      case Steps.DEFAULT_VALUE -> defaultValue(work, now);
      case Steps.SKIP -> skip(work, now);
      default -> hop(step, work, now);
    };
  }

  /**
   * Whether a request is left undone at once, because its service has failed so often lately: one
   * that could be skipped after a failure, too.
   */
  boolean isToBeSkipped(Work work, long now) {
    return !work.cascade().hasBegun()
        && mayBeSkipped(work)
        && fallbacks.health().isSkippable(work.service(), now)
        && fallbacks
            .rule()
            .cascadeOf(work.request(), FailureClass.SERVER_ERROR)
            .steps()
            .contains(Steps.SKIP);
  }

  private Taken fromCache(Work work, long now) {
    Attempt failure = AttemptHistory.primaryFailure(work);
    if (!mayPass(failure)) {
      return new Taken.Not(
          FailureClass.NOT_FOUND,
          "an earlier result stands in for a service that is away, not for "
              + failure.getFailureClass());
    }
    Optional<CachedResult> cached = cache.find(work, now);
    if (cached.isEmpty()) {
      return new Taken.Not(FailureClass.NOT_FOUND, "no earlier result is young enough");
    }
    String error = AttemptHistory.primaryError(work);
    return ended(
        new TerminalOutcome.Done(
            work, ServedFromCache.result(work, cached.get(), work.attempts(), error, now)));
  }

  private Taken defaultValue(Work work, long now) {
    String value = fallbacks.rule().defaultValue(work.request());
    return value == null
        ? new Taken.Not(FailureClass.NOT_FOUND, "neither request nor strategy has a default value")
        : ended(StepResults.defaultValue(work, value, now));
  }

  private static Taken skip(Work work, long now) {
    return mayBeSkipped(work)
        ? ended(StepResults.skipped(work, AttemptHistory.primaryError(work), now))
        : new Taken.Not(FailureClass.VALIDATION, "the request does not allow to be skipped");
  }

  private Taken hop(String step, Work work, long now) {
    if (work.isExpired(now)) {
      return ended(Verdict.expired(work, now));
    }
    if (Steps.isQueue(step)) {
      Optional<String> full =
          isAtFault(work) ? Optional.of(NO_USE) : parkedEnough(work.cascade(), now);
      return full.isPresent()
          ? new Taken.Not(FailureClass.RESOURCE_EXHAUSTED, full.get())
          : new Taken.On(new Onward.Hop(work));
    }
    return known.test(step)
        ? new Taken.On(new Onward.Hop(work))
        : new Taken.Not(FailureClass.VALIDATION, "no such step in this version");
  }

  /** The primary action would fail again, whenever it is tried. */
  private static boolean isAtFault(Work work) {
    Attempt failure = AttemptHistory.primaryFailure(work);
    return failure.getOutcome() == AttemptOutcome.PERMANENT
        && REQUEST_AT_FAULT.contains(failure.getFailureClass());
  }

  /** Why a request may not be parked again; empty when it may. */
  Optional<String> parkedEnough(Cascade cascade, long now) {
    ParkingConfig parking = fallbacks.parking();
    if (cascade.parks() >= parking.maxParks()) {
      return Optional.of("parked %d times already".formatted(cascade.parks()));
    }
    boolean isOld =
        cascade.parkedSince().isPresent()
            && now - cascade.parkedSince().getAsLong() >= parking.maxAge().toMillis();
    return isOld
        ? Optional.of("parked for %s already".formatted(parking.maxAge()))
        : Optional.empty();
  }

  private static boolean mayBeSkipped(Work work) {
    PolicyOverrides policy = work.request().getPolicy();
    return policy != null && policy.getAllowSkip();
  }

  private static Taken ended(TerminalOutcome outcome) {
    return new Taken.On(new Onward.Ended(outcome));
  }

  /** An earlier result stands in for a service that is away, not for a request that is wrong. */
  private static boolean mayPass(Attempt failure) {
    return isFailureOfService(failure) || failure.getFailureClass() == FailureClass.CIRCUIT_OPEN;
  }

  private static boolean isFailureOfService(Attempt failure) {
    return failure.getOutcome() == AttemptOutcome.RETRYABLE
        || failure.getOutcome() == AttemptOutcome.TIMED_OUT;
  }
}
