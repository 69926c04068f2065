package io.backstop.cli;

import io.backstop.client.TargetState;

/** Targets that a replay sends requests to, and how they are. */
final class ReplayTargetTable {
  private static final Table TABLE =
      new Table()
          .column("TARGET", 24)
          .column("REQUESTS", 10)
          .column("CIRCUIT", 11)
          .last("CALLS A SECOND");

  private ReplayTargetTable() {}

  static String head() {
    return TABLE.head();
  }

  static String row(String target, long requests, TargetState state) {
    return row(
        target,
        requests,
        state.pause().isPresent() ? "PAUSED" : state.circuit().name(),
        state.callsPerSecond().isPresent()
            ? state.callsPerSecond().getAsDouble() + " for " + state.scope()
            : null);
  }

  /**
   * @param circuit its state, or another word where the target is not called for another reason
   * @param limit calls a second, and whose; null for none
   */
  static String row(String target, long requests, String circuit, String limit) {
    return TABLE.row(
        target, "%,d".formatted(requests), circuit, limit == null ? "no limit" : limit);
  }
}
