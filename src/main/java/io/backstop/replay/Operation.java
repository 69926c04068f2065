package io.backstop.replay;

import static io.backstop.action.OperationPhase.ABORTED;
import static io.backstop.action.OperationPhase.CANCELLED;
import static io.backstop.action.OperationPhase.COMPLETED;
import static io.backstop.action.OperationPhase.PAUSED;
import static io.backstop.action.OperationPhase.REFUSED;
import static io.backstop.action.OperationPhase.RUNNING;
import static io.backstop.action.OperationPhase.SELECTING;

import io.backstop.action.DeskReport;
import io.backstop.action.KeptOperation;
import io.backstop.action.OperationKind;
import io.backstop.action.OperationPhase;
import io.backstop.action.OperationStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The state machine of an operation.
 *
 * <pre>
 *              desks have the letters          everything has ended
 *   SELECTING ────────────────────────► RUNNING ─────────────────► COMPLETED
 *    │  │  │                            │ ▲  │ │                       ▲
 *    │  │  │                      pause │ │  │ │ cancel      everything│
 *    │  │  │                            ▼ │  │ └────► CANCELLED ◄──┐   │
 *    │  │  └─ cancel ──► CANCELLED     PAUSED│          cancel     │   │
 *    │  │                              │  │  └─► ABORTED           │   │
 *    │  └──── obstacle ──► ABORTED     │  └────────────────────────┘   │
 *    └─ other letters ──► REFUSED      └───────────────────────────────┘
 * </pre>
 *
 * <ul>
 *   <li>SELECTING to RUNNING: every desk has answered, and together they have found exactly the
 *       letters that the command names.
 *   <li>SELECTING to REFUSED: they have found others, or one of them cannot do what is wanted.
 *   <li>SELECTING or RUNNING to ABORTED: nothing can be sent to a target now, or too many replays
 *       have failed again. Not when nothing is left to be released: then it would stop nothing.
 *   <li>RUNNING to PAUSED and back, and any of the open ones to CANCELLED: by command. Nothing
 *       stops a paused one by itself; what stands in its way is looked at when it is resumed.
 *   <li>RUNNING or PAUSED to COMPLETED: all letters are worked on, and what was replayed has ended.
 * </ul>
 *
 * <p>{@link OperationMoves} is the transition table. A phase that is cancelled or aborted releases
 * nothing more, but it has only ended ({@code endedAt} is set, the command answered) when the desks
 * have acknowledged what was released before; replays that are still under way then go on, and
 * their outcomes are counted. An event that does not concern the present phase changes nothing, but
 * a command that does not is an illegal move: ask {@link #takes} before.
 */
final class Operation {
  /** Letters that one desk may have to work on, where nothing else bounds them. */
  private static final long MOST_PENDING = 1_000;

  private static final int MOST_IN_ORDER = 200;

  private final KeptOperation.Builder kept;
  private final OperationStatus.Builder status;
  private final long now;
  private final List<OperationEffect> effects = new ArrayList<>();
  private Desks desks;

  private Operation(KeptOperation state, long now) {
    this.kept = KeptOperation.newBuilder(state);
    this.status = OperationStatus.newBuilder(state.getStatus());
    this.desks = new Desks(state.getDesks());
    this.now = now;
  }

  /**
   * What the event makes of the state.
   *
   * @param now epoch milliseconds
   * @throws IllegalStateException for a command that the phase does not take
   */
  static Transition apply(KeptOperation state, OperationEvent event, long now) {
    Operation operation = new Operation(state, now);
    operation.on(event);
    operation.settle();
    return operation.transition();
  }

  /** Whether a command leads anywhere from a phase. */
  static boolean takes(OperationPhase phase, OperationEvent command) {
    return command instanceof OperationEvent.Paused
        ? phase == RUNNING
        : command instanceof OperationEvent.Resumed
            ? phase == PAUSED
            : OperationMoves.isOpen(phase);
  }

  private void on(OperationEvent event) {
    if (event instanceof OperationEvent.Ordered ordered) {
      desks = desks.all().isEmpty() ? Desks.asked(ordered.desks()) : desks;
      status.setMessage(Words.looking(kept.getCount(), desks));
    } else if (event instanceof OperationEvent.Reported reported) {
      reported(reported.report());
    } else if (event instanceof OperationEvent.Due due) {
      due(due);
    } else if (event instanceof OperationEvent.Paused paused) {
      enter(PAUSED, "paused" + paused.by());
    } else if (event instanceof OperationEvent.Resumed resumed) {
      enter(RUNNING, "resumed" + resumed.by());
    } else if (event instanceof OperationEvent.Cancelled cancelled) {
      enter(CANCELLED, "cancelled" + cancelled.by());
    }
  }

  private void reported(DeskReport report) {
    int desk = report.getPartition();
    if (!desks.has(desk)) {
      return;
    }
    Counting.add(status, report);
    desks = desks.workedOn(desk, report.getReleased());
    if (is(SELECTING) && report.getSelected() != null && !desks.hasAnswered(desk)) {
      desks = desks.found(desk, report.getSelected());
      Counting.addTargets(status, report.getSelected().getTargets());
      selected(Optional.ofNullable(report.getSelected().getProblem()));
    }
  }

  private void selected(Optional<String> problem) {
    status.setSelected(desks.found());
    if (problem.isPresent()) {
      enter(REFUSED, problem.get());
    } else if (!desks.silent().isEmpty()) {
      status.setMessage(Words.looking(kept.getCount(), desks));
    } else if (isWhatWasCounted()) {
      enter(RUNNING, "");
    } else {
      enter(REFUSED, Words.others(kept.getCount(), desks.found()));
    }
  }

  private boolean isWhatWasCounted() {
    return desks.found() == kept.getCount()
        && desks.letters().filter(found -> found.hash().equals(kept.getHash())).isPresent();
  }

  private void due(OperationEvent.Due due) {
    if (is(SELECTING) && due.obstacle().isPresent()) {
      enter(ABORTED, due.obstacle().get());
    } else if (is(RUNNING)) {
      Optional<String> reason =
          desks.left() > 0 ? due.obstacle().or(this::tooManyFailures) : Optional.empty();
      if (reason.isPresent()) {
        enter(ABORTED, reason.get());
      } else {
        release(due.atMost());
        sayWhatItWaitsFor(due);
      }
    }
  }

  private Optional<String> tooManyFailures() {
    FailureShare share = new FailureShare(status.getSucceeded(), status.getFailedAgain());
    boolean judged = share.isTelling() || isStageOver();
    return judged && share.isAbove(status.getAbortAbove())
        ? Optional.of(share.inWords(status.getAbortAbove()))
        : Optional.empty();
  }

  private void release(long atMost) {
    if (desks.left() == 0) {
      return;
    }
    if (isStageOver()) {
      Ramp next = ramp().next(desks.ordered());
      status.setStage(next.stage());
      kept.setStageFrom(next.from());
    }
    long ofStage = hasRamp() ? ramp().left(desks.ordered()) : Long.MAX_VALUE;
    long pending = isReplay() ? Long.MAX_VALUE : MOST_PENDING;
    Map<Integer, Integer> counts = Spreading.over(desks.all(), Math.min(atMost, ofStage), pending);
    desks = desks.release(counts);
    counts.forEach(this::order);
  }

  private void sayWhatItWaitsFor(OperationEvent.Due due) {
    boolean isStageOut = hasRamp() && ramp().left(desks.ordered()) == 0;
    if (due.isCrowded()) {
      status.setMessage(Words.CROWDED);
    } else if (isReplay() && outstanding() > 0 && (desks.left() == 0 || isStageOut)) {
      status.setMessage(Words.waiting(outstanding(), due.holdup()));
    } else if (Words.isOfWaiting(status.getMessage())) {
      status.setMessage("");
    }
  }

  private void order(int desk, int count) {
    for (int left = count; left > 0; left -= MOST_IN_ORDER) {
      effects.add(new OperationEffect.Released(desk, Math.min(left, MOST_IN_ORDER)));
    }
  }

  private boolean hasRamp() {
    return status.getStage() != null;
  }

  private Ramp ramp() {
    return new Ramp(status.getStage(), kept.getStageFrom());
  }

  private boolean isStageOver() {
    return hasRamp() && ramp().isOver(desks.ordered(), outstanding());
  }

  private long outstanding() {
    return Counting.outstanding(desks.ordered(), status);
  }

  private boolean isReplay() {
    return status.getKind() == OperationKind.REPLAY;
  }

  private boolean is(OperationPhase phase) {
    return status.getPhase() == phase;
  }

  /** Ends what has nothing left to wait for. */
  private void settle() {
    boolean isAcknowledged = desks.worked() >= desks.ordered();
    boolean isDone = isAcknowledged && desks.left() == 0 && (!isReplay() || outstanding() <= 0);
    if ((is(RUNNING) || is(PAUSED)) && isDone) {
      enter(COMPLETED, Words.completed(status));
    }
    if (!OperationMoves.isOpen(status.getPhase())
        && status.getEndedAt() == null
        && isAcknowledged) {
      status.setEndedAt(Instant.ofEpochMilli(now)).setStage(null);
      effects.add(new OperationEffect.Ended());
    }
  }

  /** The only way into a phase. */
  private void enter(OperationPhase phase, String message) {
    OperationMoves.check(status.getPhase(), phase);
    status.setPhase(phase).setMessage(message);
  }

  private Transition transition() {
    return new Transition(
        kept.setStatus(status.build()).setDesks(desks.all()).build(), List.copyOf(effects));
  }
}
