package io.backstop.torture;

import io.backstop.simulator.EmulatedService;
import io.backstop.simulator.FaultPlan;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * The faults of the services, of which one service can be given a second before the first has
 * ended: the latest one holds, and only its own end mends the service. Thread-safe.
 */
final class ServiceFaults {
  private final BiConsumer<EmulatedService, FaultPlan> set;
  private final Map<EmulatedService, Integer> latest = new EnumMap<>(EmulatedService.class);

  /**
   * @param set makes a service behave so from now on
   */
  ServiceFaults(BiConsumer<EmulatedService, FaultPlan> set) {
    this.set = set;
  }

  /** Returns a number that {@link #end} takes. */
  synchronized int begin(EmulatedService service, Misbehaviour how) {
    set.accept(service, how.plan());
    return latest.merge(service, 1, Integer::sum);
  }

  synchronized void end(EmulatedService service, int number) {
    if (latest.get(service) == number) {
      set.accept(service, Misbehaviour.WELL);
    }
  }
}
