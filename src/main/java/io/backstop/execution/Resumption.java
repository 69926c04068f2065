package io.backstop.execution;

import io.backstop.action.Attempt;
import io.backstop.action.AttemptOutcome;
import io.backstop.action.FailureClass;
import io.backstop.action.InFlightWork;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.KeyValue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes up what an earlier owner of the task left in flight. A call that it had started may or may
 * not have had its effect: it is queued again, at its old place, and the attempt history says so.
 * Works through the store in steps, so that a large backlog does not hold up the stream thread.
 */
final class Resumption {
  private static final Logger LOG = LoggerFactory.getLogger(Resumption.class);
  private static final int STEP = 1_000;

  private final InFlightStore inFlight;
  private final Backlog backlog;
  private String reached;
  private long interrupted;
  private boolean done;

  Resumption(InFlightStore inFlight, Backlog backlog) {
    this.inFlight = inFlight;
    this.backlog = backlog;
  }

  /** Until then no call may be started: it could overtake or repeat one that is still to come. */
  boolean isDone() {
    return done;
  }

  void step() {
    List<KeyValue<String, InFlightWork>> page = inFlight.page(reached, STEP);
    for (KeyValue<String, InFlightWork> entry : page) {
      reached = entry.key;
      if (wasStarted(entry.key, entry.value)) {
        queueAgain(entry.key, entry.value);
      }
    }
    done = page.size() < STEP;
    if (done && interrupted > 0) {
      LOG.info("work resumed interruptedCalls={}", interrupted);
    }
  }

  private boolean wasStarted(String idempotencyKey, InFlightWork work) {
    Long place = work.getWaitingSequence();
    return place == null
        || !backlog.holds(service(work), work.getPriority(), place, idempotencyKey);
  }

  private void queueAgain(String idempotencyKey, InFlightWork work) {
    List<Attempt> attempts = new ArrayList<>(work.getAttempts());
    attempts.add(
        new Attempt(
            work.getTarget(),
            attempts.size() + 1,
            work.getReceivedAt(),
            0L,
            AttemptOutcome.INTERRUPTED,
            FailureClass.INTERNAL,
            null,
            "the processor stopped before this call's outcome was recorded; repeated with the same"
                + " idempotency key"));
    long receivedAt = work.getReceivedAt().toEpochMilli();
    long sequence = backlog.placeOf(service(work), work.getPriority(), receivedAt, interrupted++);
    inFlight.requeue(idempotencyKey, work, attempts, sequence);
    backlog.of(service(work)).add(work.getPriority(), sequence, idempotencyKey);
  }

  private static String service(InFlightWork work) {
    return work.getTarget().substring(0, work.getTarget().indexOf(':'));
  }
}
