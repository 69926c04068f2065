package io.backstop.bench;

import io.backstop.simulator.EmulatedService;
import io.backstop.simulator.FaultPlan;
import io.backstop.simulator.FaultPlan.Outage;
import io.backstop.simulator.RecordedCall;
import io.backstop.simulator.Simulator;
import io.backstop.simulator.SimulatorOptions;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * One service with a door for each instance, so that it is known who made a call: a simulator each,
 * all in this process and on one clock.
 */
final class FrontDoors implements AutoCloseable {
  private static final EmulatedService SERVICE = EmulatedService.SLACK;
  private static final int RECORDED_CALLS = 20_000;
  private static final String HEALTH_CALL = "whoAmI";

  /** Calls, and by which door each came in. */
  record Visits(Map<RecordedCall, String> doors) {

    /** Requests, in no order; no health calls. */
    List<RecordedCall> requests() {
      return doors.keySet().stream().filter(call -> !isHealthCall(call)).toList();
    }

    int healthCalls() {
      return (int) doors.keySet().stream().filter(Visits::isHealthCall).count();
    }

    private static boolean isHealthCall(RecordedCall call) {
      return call.endpoint().equals(HEALTH_CALL);
    }
  }

  private final List<Simulator> doors = new ArrayList<>();

  FrontDoors(int count) {
    for (int door = 0; door < count; door++) {
      doors.add(Simulator.start(SimulatorOptions.ephemeral()));
    }
    forget();
  }

  String url(int door) {
    return doors.get(door).baseUri(SERVICE).toString();
  }

  void goDown() {
    outage(Outage.UNAVAILABLE);
  }

  void comeBack() {
    outage(Outage.NONE);
  }

  private void outage(Outage outage) {
    doors.forEach(door -> door.setFaults(SERVICE, FaultPlan.HEALTHY.withOutage(outage)));
  }

  /** Forgets all calls so far. */
  void forget() {
    doors.forEach(door -> door.recordCalls(RECORDED_CALLS));
  }

  /** The calls since they were forgotten. */
  Visits visits() {
    Map<RecordedCall, String> visits = new IdentityHashMap<>();
    for (Simulator door : doors) {
      door.calls(SERVICE).forEach(call -> visits.put(call, door.baseUri().toString()));
    }
    return new Visits(visits);
  }

  /** Whether so many calls have come in by each door since they were forgotten. */
  boolean eachHas(int calls) {
    return doors.stream().allMatch(door -> door.calls(SERVICE).size() >= calls);
  }

  @Override
  public void close() {
    doors.forEach(Simulator::close);
  }
}
