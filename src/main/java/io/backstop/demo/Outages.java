package io.backstop.demo;

import io.backstop.simulator.EmulatedService;
import io.backstop.simulator.FaultPlan;
import io.backstop.simulator.Simulator;
import io.backstop.simulator.SimulatorStats;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Takes simulated services down, and counts the calls that Notion gets meanwhile. */
final class Outages implements AutoCloseable {
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
  private final Map<EmulatedService, FaultPlan> healthy = new EnumMap<>(EmulatedService.class);
  private Calls before;

  Outages(Simulator simulator) {
    this.simulator = simulator;
    this.before = callsOfNotion();
  }

  /** From now on it answers every call with 503. */
  void begin(EmulatedService service) {
    if (service == EmulatedService.NOTION) {
      before = callsOfNotion();
    }
    FaultPlan plan = simulator.faults(service);
    healthy.putIfAbsent(service, plan);
    simulator.setFaults(service, plan.withOutage(FaultPlan.Outage.UNAVAILABLE));
  }

  /** It is as it was before. */
  void end(EmulatedService service) {
    FaultPlan plan = healthy.remove(service);
    if (plan != null) {
      simulator.setFaults(service, plan);
    }
  }

  /** Since its outage began. */
  Calls ofNotion() {
    return callsOfNotion().minus(before);
  }

  private Calls callsOfNotion() {
    SimulatorStats.Service notion = simulator.stats().service(EmulatedService.NOTION);
    var health = notion.endpoints().get(HEALTH_CALL);
    return new Calls(notion.calls(), health == null ? 0 : health.calls());
  }

  /** All are as they were before. */
  @Override
  public void close() {
    List.copyOf(healthy.keySet()).forEach(this::end);
  }
}
