package io.backstop.circuit;

import io.backstop.action.CircuitState;
import io.backstop.action.CircuitStatus;
import io.backstop.action.ProbePermit;
import io.backstop.circuit.CircuitEffect.InstanceIsolated;
import io.backstop.circuit.CircuitEffect.InstanceRejoined;
import io.backstop.circuit.CircuitEffect.PermitGranted;
import io.backstop.circuit.CircuitEffect.StateChanged;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The state machine of a circuit.
 *
 * <pre>
 *            threshold crossed          open time over
 *   CLOSED ───────────────────► OPEN ───────────────────► HALF_OPEN
 *     ▲                          ▲      a probe failed,       │  │
 *     │                          └──── permits used up ───────┘  │
 *     └──────────────────── enough probes succeeded ─────────────┘
 *
 *   any ── operator ──► FORCED_OPEN, DISABLED      any ── reset ──► CLOSED
 * </pre>
 *
 * <ul>
 *   <li>CLOSED to OPEN: the evidence meets a rule of {@code trip-on}.
 *   <li>OPEN to HALF_OPEN: {@code open-duration}, grown by {@code open-factor} for every opening in
 *       a row and capped by {@code max-open-duration}, is over. The end is a point in time, so a
 *       restart does not prolong it.
 *   <li>HALF_OPEN to OPEN: a probe failed, or the permits left no longer suffice to close.
 *   <li>HALF_OPEN to CLOSED: {@code successes-to-close} probes succeeded.
 *   <li>Any to CLOSED: the fleet knows of a later status, so this one is from before a lost store.
 *       Nobody would leave OPEN otherwise.
 *   <li>Any to FORCED_OPEN or DISABLED, and back by a reset: only by an operator.
 * </ul>
 *
 * <p>A HALF_OPEN period grants {@code half-open-probes} permits at most, whatever becomes of them,
 * and never more at a time than the successes that are still missing. Only a permit that its holder
 * gives back unused is granted anew beyond that: no probe was made with it. {@link CircuitMoves} is
 * the transition table. An event that does not concern the current state, or concerns a permit that
 * is not outstanding, is late, early or a duplicate: it changes nothing.
 */
final class Circuit {
  private final CircuitStatus status;
  private final CircuitRules rules;
  private final long now;

  private Circuit(CircuitStatus status, CircuitRules rules, long now) {
    this.status = status;
    this.rules = rules;
    this.now = now;
  }

  /** A circuit to which nothing has happened yet. */
  static CircuitStatus untouched(long now) {
    return CircuitStatus.newBuilder()
        .setState(CircuitState.CLOSED)
        .setVersion(0)
        .setSince(Instant.ofEpochMilli(now))
        .build();
  }

  /**
   * What the event makes of the status.
   *
   * @param now epoch milliseconds
   */
  static Transition apply(CircuitStatus status, CircuitEvent event, CircuitRules rules, long now) {
    return new Circuit(status, rules, now).on(event);
  }

  private Transition on(CircuitEvent event) {
    if (event instanceof CircuitEvent.ThresholdCrossed crossed) {
      return is(CircuitState.CLOSED) ? open(crossed.reason()) : unchanged();
    } else if (event instanceof CircuitEvent.OpenTimeOver) {
      return openTimeOver();
    } else if (event instanceof CircuitEvent.Demanded demanded) {
      return demanded(demanded.instance());
    } else if (event instanceof CircuitEvent.ProbeReported report) {
      return reported(report);
    } else if (event instanceof CircuitEvent.PermitReturned returned) {
      return returned(returned.permit());
    } else if (event instanceof CircuitEvent.PermitExpired expired) {
      return expired(expired.permit());
    } else if (event instanceof CircuitEvent.Reconsidered) {
      return is(CircuitState.HALF_OPEN) ? decided(period()) : unchanged();
    } else if (event instanceof CircuitEvent.Forgotten forgotten) {
      return forgotten(forgotten.version());
    } else if (event instanceof CircuitEvent.InstanceStopped stopped) {
      return isolated(stopped.instance());
    } else if (event instanceof CircuitEvent.InstanceReturned returned) {
      return rejoined(returned.instance());
    }
    return commanded((CircuitEvent.ByOperator) event);
  }

  private Transition openTimeOver() {
    boolean over = is(CircuitState.OPEN) && now >= status.getOpenUntil().toEpochMilli();
    return over
        ? enter(CircuitState.HALF_OPEN, "the open time is over: probes find out")
        : unchanged();
  }

  private Transition demanded(String instance) {
    ProbePeriod period = period();
    if (!period.mayGrant()) {
      return unchanged();
    }
    ProbePermit permit = period.permitFor(instance, now);
    return new Transition(period.with(permit).status(), List.of(new PermitGranted(permit)));
  }

  private Transition reported(CircuitEvent.ProbeReported report) {
    if (!period().awaits(report.permit())) {
      return unchanged();
    }
    boolean failed = report.succeeded().isPresent() && !report.succeeded().get();
    return failed
        ? open("a probe failed" + (report.message() == null ? "" : ": " + report.message().strip()))
        : decided(period().without(report.permit(), report.succeeded().isPresent()));
  }

  private Transition returned(String permit) {
    return period().awaits(permit) ? decided(period().returned(permit)) : unchanged();
  }

  private Transition expired(String permit) {
    return period().hasExpired(permit, now)
        ? decided(period().without(permit, false))
        : unchanged();
  }

  /** What a HALF_OPEN period leads to: a decision, or further waiting. */
  private Transition decided(ProbePeriod period) {
    if (period.isWon()) {
      return enter(CircuitState.CLOSED, period.status().getSuccesses() + " probes succeeded");
    } else if (period.isLost()) {
      return open("undecided: " + period.score() + ", the others came to nothing");
    }
    return new Transition(period.status(), List.of());
  }

  private ProbePeriod period() {
    return new ProbePeriod(status, rules);
  }

  private Transition forgotten(long version) {
    return version > status.getVersion()
        ? enter(
            fresh(
                    CircuitState.CLOSED,
                    "the coordinator's store was lost: the circuit starts afresh")
                .setVersion(version + 1))
        : unchanged();
  }

  private Transition isolated(String instance) {
    if (!is(CircuitState.CLOSED) || status.getIsolated().contains(instance)) {
      return unchanged();
    }
    List<String> listed = new ArrayList<>(status.getIsolated());
    listed.add(instance);
    return new Transition(
        next().setIsolated(listed).build(), List.of(new InstanceIsolated(instance)));
  }

  private Transition rejoined(String instance) {
    if (!status.getIsolated().contains(instance)) {
      return unchanged();
    }
    List<String> listed =
        status.getIsolated().stream().filter(each -> !each.equals(instance)).toList();
    return new Transition(
        next().setIsolated(listed).build(), List.of(new InstanceRejoined(instance)));
  }

  private Transition commanded(CircuitEvent.ByOperator command) {
    if (command instanceof CircuitEvent.OperatorReset) {
      return commanded(CircuitState.CLOSED, "reset", command);
    } else if (command instanceof CircuitEvent.OperatorForcedOpen) {
      return is(CircuitState.FORCED_OPEN)
          ? unchanged()
          : commanded(CircuitState.FORCED_OPEN, "forced open", command);
    }
    return is(CircuitState.DISABLED)
        ? unchanged()
        : commanded(CircuitState.DISABLED, "disabled", command);
  }

  private Transition commanded(CircuitState state, String done, CircuitEvent.ByOperator command) {
    String by = done + " by " + command.actor();
    return enter(
        fresh(state, command.reason() == null ? by : by + ": " + command.reason())
            .setActor(command.actor()));
  }

  private Transition open(String reason) {
    int openings = status.getOpenings() + 1;
    return enter(
        fresh(CircuitState.OPEN, reason)
            .setOpenings(openings)
            .setOpenUntil(Instant.ofEpochMilli(now + rules.openMs(openings))));
  }

  private Transition enter(CircuitState state, String reason) {
    int openings = state == CircuitState.CLOSED ? 0 : status.getOpenings();
    return enter(fresh(state, reason).setOpenings(openings));
  }

  private CircuitStatus.Builder fresh(CircuitState state, String reason) {
    return CircuitStatus.newBuilder()
        .setState(state)
        .setVersion(status.getVersion() + 1)
        .setSince(Instant.ofEpochMilli(now))
        .setReason(reason);
  }

  /** The only way into a state. */
  private Transition enter(CircuitStatus.Builder entered) {
    CircuitStatus after = entered.build();
    CircuitMoves.check(status.getState(), after.getState());
    return new Transition(after, List.of(new StateChanged(status, after)));
  }

  private CircuitStatus.Builder next() {
    return CircuitStatus.newBuilder(status);
  }

  private boolean is(CircuitState state) {
    return status.getState() == state;
  }

  private Transition unchanged() {
    return new Transition(status, List.of());
  }
}
