package io.backstop.execution;

import io.backstop.action.Attempt;
import io.backstop.action.InFlightWork;
import io.backstop.action.StoredCascade;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
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
  private final BackingOff backingOff;
  private final HeldWork held;
  private final Hops hops;
  private final RetryQueue retryQueue;
  private final UnaryOperator<String> scopes;
  private final Predicate<String> readSteps;
  private final Consumer<String> onInterrupted;
  private String reached;
  private long interrupted;
  private long counter;
  private boolean done;

  /**
   * @param scopes gives the scope that a target is called under now
   * @param readSteps whether the topic of a step is read by this process
   * @param onInterrupted told the scope of each call that is to be made again
   */
  Resumption(
      InFlightStore inFlight,
      Backlog backlog,
      BackingOff backingOff,
      HeldWork held,
      Hops hops,
      RetryQueue retryQueue,
      UnaryOperator<String> scopes,
      Predicate<String> readSteps,
      Consumer<String> onInterrupted) {
    this.inFlight = inFlight;
    this.backlog = backlog;
    this.backingOff = backingOff;
    this.held = held;
    this.hops = hops;
    this.retryQueue = retryQueue;
    this.scopes = scopes;
    this.readSteps = readSteps;
    this.onInterrupted = onInterrupted;
  }

  /** Until then no call may be started: it could overtake or repeat one that is still to come. */
  boolean isDone() {
    return done;
  }

  /** Whether the walk through the store has come past a key. */
  boolean hasReached(String idempotencyKey) {
    return done
        || reached != null
            && Arrays.compareUnsigned(
                    idempotencyKey.getBytes(StandardCharsets.UTF_8),
                    reached.getBytes(StandardCharsets.UTF_8))
                <= 0;
  }

  void step() {
    List<KeyValue<String, InFlightWork>> page = inFlight.page(reached, STEP);
    for (KeyValue<String, InFlightWork> entry : page) {
      reached = entry.key;
      resume(entry.key, entry.value);
    }
    done = inFlight.page(reached, 1).isEmpty();
    if (done && interrupted > 0) {
      LOG.info("work resumed interruptedCalls={}", interrupted);
    }
  }

  private void resume(String idempotencyKey, InFlightWork work) {
    if (work.getCascade() != null && work.getCascade().getHopping()) {
      resumeHop(idempotencyKey, work);
      return;
    }
    if (RetryQueue.holds(work)) {
      retryQueue.found(work);
    }
    if (isBackingOff(idempotencyKey, work)) {
      return;
    }
    String scope = scopes.apply(work.getTarget());
    Long place = work.getWaitingSequence();
    for (String lane : Set.of(service(work), work.getTarget())) {
      if (place != null && backlog.holds(lane, work.getPriority(), place, idempotencyKey)) {
        backlog.found(lane, work.getPriority());
        if (!lane.equals(scope)) {
          // the configuration has given the target a scope of its own since, or taken it away
          backlog.free(lane, work.getPriority(), place);
          queue(scope, idempotencyKey, work, work.getAttempts());
        }
        return;
      }
    }
    if (held.finds(idempotencyKey, work)) {
      held.found(work);
      return;
    }
    interrupted++;
    onInterrupted.accept(scope);
    queue(scope, idempotencyKey, work, withInterruption(work));
  }

  /** A hop to a step whose topic is not read any more would never come back. */
  private void resumeHop(String idempotencyKey, InFlightWork work) {
    StoredCascade cascade = work.getCascade();
    if (readSteps.test(cascade.getSteps().get(cascade.getPosition()))) {
      hops.found();
      return;
    }
    InFlightWork arrived =
        InFlightWork.newBuilder(work)
            .setCascade(StoredCascade.newBuilder(cascade).setHopping(false).build())
            .build();
    queue(scopes.apply(work.getTarget()), idempotencyKey, arrived, work.getAttempts());
  }

  private boolean isBackingOff(String idempotencyKey, InFlightWork work) {
    return work.getBackingOffUntil() != null
        && backingOff.holds(idempotencyKey, work.getBackingOffUntil().toEpochMilli());
  }

  private void queue(
      String scope, String idempotencyKey, InFlightWork work, List<Attempt> history) {
    long receivedAt = work.getReceivedAt().toEpochMilli();
    long place = backlog.placeOf(scope, work.getPriority(), receivedAt, counter++);
    inFlight.requeue(idempotencyKey, work, history, place);
    backlog.of(scope).add(work.getPriority(), place, idempotencyKey);
    if (work.getDeadline() != null) {
      backingOff.add(idempotencyKey, work.getDeadline().toEpochMilli());
    }
  }

  private static List<Attempt> withInterruption(InFlightWork work) {
    List<Attempt> attempts = new ArrayList<>(work.getAttempts());
    attempts.add(
        AttemptHistory.interrupted(
            work.getTarget(),
            AttemptHistory.nextNumber(work.getTarget(), attempts),
            work.getReceivedAt()));
    return attempts;
  }

  private static String service(InFlightWork work) {
    return work.getTarget().substring(0, work.getTarget().indexOf(':'));
  }
}
