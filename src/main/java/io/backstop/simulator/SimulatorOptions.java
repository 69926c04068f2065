package io.backstop.simulator;

import java.util.Map;

/**
 * How a simulator starts.
 *
 * @param port on the loopback interface; 0 takes a free one
 * @param seed decides every random choice, so that two runs with one seed and the same calls agree
 * @param faults by service; a service without an entry answers at once and never fails
 * @param recordedCalls how many of the latest calls to each service are recorded; 0 for none
 */
public record SimulatorOptions(
    int port, long seed, Map<EmulatedService, FaultPlan> faults, int recordedCalls) {

  public static final int DEFAULT_PORT = 8090;

  /** Calls of 50 seconds at 5,000 per second; some 60 MB for each service that is so busy. */
  public static final int DEFAULT_RECORDED_CALLS = 250_000;

  public static final int MAX_RECORDED_CALLS = 10_000_000;

  public SimulatorOptions {
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("port " + port + " is not between 0 and 65535");
    }
    if (recordedCalls < 0 || recordedCalls > MAX_RECORDED_CALLS) {
      throw new IllegalArgumentException(
          "recordedCalls " + recordedCalls + " is not between 0 and " + MAX_RECORDED_CALLS);
    }
    faults = Map.copyOf(faults);
  }

  /** Without recording calls. */
  public SimulatorOptions(int port, long seed, Map<EmulatedService, FaultPlan> faults) {
    this(port, seed, faults, 0);
  }

  /** The same with the latest calls recorded. */
  public SimulatorOptions recordingCalls(int newRecordedCalls) {
    return new SimulatorOptions(port, seed, faults, newRecordedCalls);
  }

  /** A free port, seed 1 and no faults. */
  public static SimulatorOptions ephemeral() {
    return new SimulatorOptions(0, 1, Map.of());
  }
}
