package io.backstop.simulator;

import java.util.Map;

/**
 * How a simulator starts.
 *
 * @param port on the loopback interface; 0 takes a free one
 * @param seed decides every random choice, so that two runs with one seed and the same calls agree
 * @param faults by service; a service without an entry answers at once and never fails
 */
public record SimulatorOptions(int port, long seed, Map<EmulatedService, FaultPlan> faults) {

  public static final int DEFAULT_PORT = 8090;

  public SimulatorOptions {
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("port " + port + " is not between 0 and 65535");
    }
    faults = Map.copyOf(faults);
  }

  /** A free port, seed 1 and no faults. */
  public static SimulatorOptions ephemeral() {
    return new SimulatorOptions(0, 1, Map.of());
  }
}
