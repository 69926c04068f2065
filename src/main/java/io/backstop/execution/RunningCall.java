package io.backstop.execution;

import io.backstop.action.Admission;
import io.backstop.action.Outcome;
import io.backstop.action.RequestLog;
import io.backstop.action.Work;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One call in flight. Stream thread only, but for its stage. */
final class RunningCall {
  private static final Logger LOG = LoggerFactory.getLogger(RunningCall.class);

  private final Work work;
  private final ServicePlan service;
  private final int number;
  private final long startedAt;
  private final Admission.Granted admission;
  private final List<String> losses;
  private CompletionStage<Outcome> stage;
  private boolean recorded;
  private boolean made = true;

  RunningCall(
      Work work,
      ServicePlan service,
      Admission.Granted admission,
      int number,
      long startedAt,
      List<String> losses) {
    this.work = work;
    this.service = service;
    this.number = number;
    this.startedAt = startedAt;
    this.admission = admission;
    this.losses = losses;
  }

  void started(CompletionStage<Outcome> callStage) {
    stage = callStage;
  }

  /** Says that its target could not be given the request, so that nobody was called. */
  void notMade() {
    made = false;
  }

  boolean isMade() {
    return made;
  }

  /** Says that its work stands in the in-flight store. */
  void recorded() {
    recorded = true;
  }

  boolean isRecorded() {
    return recorded;
  }

  boolean isOverdue(long now) {
    return now - startedAt >= timeout().toMillis();
  }

  /** Gives the call up; whatever it still completes with is ignored. */
  void cancel() {
    try {
      if (stage != null) {
        stage.toCompletableFuture().cancel(true);
      }
    } catch (RuntimeException e) {
      // a stage need not be cancellable
      RequestLog.about(work, () -> LOG.debug("call not cancelled target={}", work.target(), e));
    }
  }

  Work work() {
    return work;
  }

  ServicePlan service() {
    return service;
  }

  /** 1 for the first attempt at this target. */
  int number() {
    return number;
  }

  /**
   * How long it may take. A changed setting holds for calls in flight too, so that of those of one
   * service the oldest is overdue first.
   */
  Duration timeout() {
    return service.timeout();
  }

  /** What the circuit gave it. */
  Admission.Granted admission() {
    return admission;
  }

  /** What its target was not given of the request, because it stands in for another. */
  List<String> losses() {
    return losses;
  }

  long startedAt() {
    return startedAt;
  }
}
