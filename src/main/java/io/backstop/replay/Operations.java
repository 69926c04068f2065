package io.backstop.replay;

import io.backstop.action.Command;
import io.backstop.action.CommandResult;
import io.backstop.action.DeskReport;
import io.backstop.action.KeptOperation;
import io.backstop.action.OperationPhase;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All operations of the fleet, open ones and the last that have ended. Each change is stored before
 * its effects are carried out. Stream thread only.
 */
final class Operations {
  private static final Logger LOG = LoggerFactory.getLogger(Operations.class);
  private static final int MOST_ENDED = 50;

  private final Map<String, HeldOperation> held = new TreeMap<>();
  private final OperationStore store;
  private final TargetGuard guard;
  private final OperationPost post;
  private final int maxOutstanding;

  Operations(OperationStore store, TargetGuard guard, OperationPost post, int maxOutstanding) {
    this.store = store;
    this.guard = guard;
    this.post = post;
    this.maxOutstanding = maxOutstanding;
  }

  /** Takes over what the store has. */
  void read(long now) {
    store.all().forEach((id, kept) -> held.put(id, HeldOperation.read(id, kept, now)));
  }

  boolean has(String id) {
    return held.containsKey(id);
  }

  /**
   * @param id of one that there is
   */
  OperationPhase phase(String id) {
    return held.get(id).status().getPhase();
  }

  /** Ids of those whose phase can be left. */
  List<String> open() {
    return held.values().stream().filter(HeldOperation::isOpen).map(HeldOperation::id).toList();
  }

  /**
   * Begins one under the command's id.
   *
   * @return the first answer to the command
   */
  CommandResult start(Command command, Asked.Start start, long now) {
    String id = command.getCommandId();
    KeptOperation begun = OperationRecords.begun(command, start, now);
    held.put(id, HeldOperation.begun(id, begun, now));
    store.put(id, begun);
    LOG.info(
        "operation begins id={} kind={} letters={}",
        id,
        start.plan().getKind(),
        command.getSelection().getCount());
    post.toAll(
        OperationRecords.select(command, start, now),
        desks -> apply(id, new OperationEvent.Ordered(desks), now),
        now);
    return answer(id, now);
  }

  /** To the command that has started an operation, as the operation is now. */
  CommandResult answer(String id, long now) {
    return OperationRecords.answer(id, held.get(id).state(), now);
  }

  void reported(DeskReport report, long now) {
    if (has(report.getOperationId())) {
      apply(report.getOperationId(), new OperationEvent.Reported(report), now);
    } else {
      LOG.debug("desk report of an operation that is forgotten id={}", report.getOperationId());
    }
  }

  /** Releases what is due, and tells what has changed. */
  void timePassed(long now) {
    if (held.values().stream().anyMatch(HeldOperation::isDriven)) {
      releaseDue(now);
    }
    held.values()
        .forEach(each -> each.news(now).ifPresent(status -> post.tell(each.id(), status, now)));
  }

  private void releaseDue(long now) {
    List<HeldOperation> driven = new ArrayList<>(held.values());
    driven.removeIf(each -> !each.isDriven());
    // who has least under way goes first, so that none is left without for ever
    driven.sort(Comparator.comparingLong(HeldOperation::outstanding));
    Window window =
        new Window(
            maxOutstanding,
            held.values().stream().mapToLong(each -> each.inWindow(now)).sum(),
            (int) driven.stream().filter(HeldOperation::wantsToReplay).count());
    for (HeldOperation each : driven) {
      if (each.wantsToReplay()) {
        long share = window.share();
        long atMost = Math.min(each.due(now), share);
        boolean isCrowded = share == 0 && each.outstanding() == 0;
        Transition made = apply(each.id(), due(each, atMost, isCrowded), now);
        window.took(made.released());
      } else {
        apply(each.id(), due(each, Long.MAX_VALUE, false), now);
      }
    }
  }

  private OperationEvent.Due due(HeldOperation operation, long atMost, boolean isCrowded) {
    KeptOperation state = operation.state();
    Optional<String> holdup = operation.outstanding() > 0 ? guard.holdup(state) : Optional.empty();
    return new OperationEvent.Due(atMost, isCrowded, guard.obstacle(state), holdup);
  }

  /**
   * @param id of one that there is
   */
  Transition apply(String id, OperationEvent event, long now) {
    HeldOperation operation = held.get(id);
    KeptOperation before = operation.state();
    Transition transition = operation.apply(event, now);
    if (operation.state() != before) {
      store.put(id, operation.state());
    }
    transition.effects().forEach(effect -> carryOut(operation, effect, now));
    return transition;
  }

  private void carryOut(HeldOperation operation, OperationEffect effect, long now) {
    String id = operation.id();
    if (effect instanceof OperationEffect.Released released) {
      post.to(released.desk(), OperationRecords.release(id, released.count(), now), now);
    } else if (effect instanceof OperationEffect.Ended) {
      LOG.info(
          "operation ends id={} phase={} message={}",
          id,
          operation.status().getPhase(),
          operation.status().getMessage());
      post.toAll(OperationRecords.end(id, now), now);
      post.answer(answer(id, now), now);
      operation.news(now).ifPresent(status -> post.tell(id, status, now));
      forgetOldest(now);
    }
  }

  private void forgetOldest(long now) {
    List<HeldOperation> ended =
        held.values().stream()
            .filter(HeldOperation::hasEnded)
            .sorted(
                Comparator.comparing((HeldOperation each) -> each.status().getEndedAt()).reversed())
            .toList();
    ended.stream()
        .skip(MOST_ENDED)
        .forEach(
            each -> {
              held.remove(each.id());
              store.forget(each.id());
              post.forget(each.id(), now);
            });
  }
}
