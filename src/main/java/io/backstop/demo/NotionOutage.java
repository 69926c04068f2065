package io.backstop.demo;

import io.backstop.simulator.EmulatedService;
import io.backstop.simulator.FaultPlan;
import io.backstop.simulator.Simulator;
import io.backstop.simulator.SimulatorStats;

/** Takes the simulated Notion down, once, and counts the calls that it gets meanwhile. */
final class NotionOutage implements AutoCloseable {
  private static final String HEALTH_CALL = "whoAmI";

  /**
   * @param probes those of {@code all} that only ask whether it is there
   */
  record Calls(long all, long probes) {
    private Calls minus(Calls earlier) {
      return new Calls(all - earlier.all, probes - earlier.probes);
    }
  }

  private final Simulator simulator;
  private final FaultPlan healthy;
  private Calls before;

  NotionOutage(Simulator simulator) {
    this.simulator = simulator;
    this.healthy = simulator.faults(EmulatedService.NOTION);
    this.before = calls();
  }

  /** From now on it answers every call with 503. */
  void begin() {
    before = calls();
    simulator.setFaults(EmulatedService.NOTION, healthy.withOutage(FaultPlan.Outage.UNAVAILABLE));
  }

  /** It is as it was before. Returns the calls since {@link #begin}. */
  Calls end() {
    close();
    return calls().minus(before);
  }

  private Calls calls() {
    SimulatorStats.Service notion = simulator.stats().service(EmulatedService.NOTION);
    var health = notion.endpoints().get(HEALTH_CALL);
    return new Calls(notion.calls(), health == null ? 0 : health.calls());
  }

  /** It is as it was before. */
  @Override
  public void close() {
    simulator.setFaults(EmulatedService.NOTION, healthy);
  }
}
