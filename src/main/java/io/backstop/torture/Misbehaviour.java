package io.backstop.torture;

import io.backstop.simulator.Failure;
import io.backstop.simulator.FaultPlan;
import io.backstop.simulator.Latency;

/** How a simulated service goes wrong while a fault lasts. */
enum Misbehaviour {
  OUTAGE(Failure.error(1, 503)),
  HANG(Failure.hang(1)),
  RATE_LIMIT(Failure.rateLimited(0.7, 1)),
  RESET(Failure.reset(0.5)),
  /** The worst for repeats: it has done what it was asked for, and nobody hears of it. */
  DONE_WITHOUT_ANSWER(Failure.reset(0.5).afterTheEffect());

  /** Long enough that a killed processor has calls in flight. */
  static final FaultPlan WELL = FaultPlan.HEALTHY.withLatency(new Latency.LogNormal(20, 200));

  private final Failure failure;

  Misbehaviour(Failure failure) {
    this.failure = failure;
  }

  FaultPlan plan() {
    return WELL.with(failure);
  }
}
