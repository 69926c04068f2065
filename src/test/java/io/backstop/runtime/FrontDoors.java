package io.backstop.runtime;

import static java.util.Comparator.comparingLong;

import io.backstop.simulator.EmulatedService;
import io.backstop.simulator.Failure;
import io.backstop.simulator.FaultPlan;
import io.backstop.simulator.Latency;
import io.backstop.simulator.RecordedCall;
import io.backstop.simulator.Simulator;
import io.backstop.simulator.SimulatorOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One service, Slack, with a door for each instance, so that it is known who made a call, and the
 * calls of one instance alone can fail. Remembers every call. Thread-safe.
 */
final class FrontDoors implements AutoCloseable {
  private static final EmulatedService SERVICE = EmulatedService.SLACK;
  private static final Duration LATENCY = Duration.ofMillis(20);
  private static final int RECORDED_CALLS = 100_000;
  private static final FaultPlan WELL =
      FaultPlan.HEALTHY.withLatency(new Latency.Fixed(LATENCY.toMillis()));

  /** A service that takes its time to fail, so that an outage meets calls in flight. */
  static final FaultPlan DOWN = WELL.with(Failure.error(1, 503));

  /** A call as the service saw it, and the instance that made it. */
  record Call(int instance, RecordedCall recorded) {
    long arrivedAtMs() {
      return recorded.arrivedAtMs();
    }

    boolean isHealthCall() {
      return recorded.endpoint().equals("whoAmI");
    }

    boolean isAnswered(int status) {
      return recorded.answer().filter(each -> each.status().equals("" + status)).isPresent();
    }
  }

  private final List<Simulator> doors = new ArrayList<>();

  FrontDoors(int count) {
    for (int door = 0; door < count; door++) {
      doors.add(Simulator.start(SimulatorOptions.ephemeral().recordingCalls(RECORDED_CALLS)));
    }
    recover();
  }

  /** What an instance is to call. */
  String url(int instance) {
    return doors.get(instance).baseUri(SERVICE).toString();
  }

  void goDown() {
    IntStream.range(0, doors.size()).forEach(door -> faults(door, DOWN));
  }

  void recover() {
    IntStream.range(0, doors.size()).forEach(door -> faults(door, WELL));
  }

  /** How the service treats one instance. */
  void faults(int instance, FaultPlan plan) {
    doors.get(instance).setFaults(SERVICE, plan);
  }

  /** All calls so far, in the order of their arrival. */
  List<Call> calls() {
    return IntStream.range(0, doors.size())
        .mapToObj(this::calls)
        .flatMap(List::stream)
        .sorted(comparingLong(call -> call.recorded().arrivedAtNanos()))
        .toList();
  }

  List<Call> calls(int instance) {
    return doors.get(instance).calls(SERVICE).stream()
        .map(call -> new Call(instance, call))
        .toList();
  }

  List<Call> callsSince(long epochMs) {
    return calls().stream().filter(call -> call.arrivedAtMs() >= epochMs).toList();
  }

  /**
   * @param to epoch milliseconds, not included
   */
  List<Call> callsBetween(long from, long to) {
    return callsSince(from).stream().filter(call -> call.arrivedAtMs() < to).toList();
  }

  /** Whether a call of an instance waits for its answer. */
  boolean isServing(int instance) {
    return calls(instance).stream().anyMatch(call -> call.recorded().answer().isEmpty());
  }

  @Override
  public void close() {
    doors.forEach(Simulator::close);
  }
}
