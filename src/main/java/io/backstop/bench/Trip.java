package io.backstop.bench;

import io.backstop.simulator.RecordedCall;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * How long the callers of a service went on after one of them had seen enough failures in a row, as
 * the service saw it. The time starts when the failure that crossed the threshold was answered, so
 * it is exact for an outage that answers; of a hung call the caller learns later, by its timeout.
 *
 * @param sameCallerMs until the last call of the caller that saw it; 0 when it made none any more
 * @param fleetMs until the last call of anyone; 0 when nobody made any
 * @param sameCallerLeaked calls of that caller that arrived after the start
 * @param fleetLeaked calls of all that arrived after the start
 */
record Trip(double sameCallerMs, double fleetMs, int sameCallerLeaked, int fleetLeaked) {

  private record Crossing(String caller, long atNanos) {}

  /**
   * Empty when nobody crossed the threshold.
   *
   * @param calls of the outage, health checks and probes left out
   * @param threshold failures in a row that trip
   * @param caller who made a call: a task or an instance
   */
  static Optional<Trip> of(
      List<RecordedCall> calls, int threshold, Function<RecordedCall, String> caller) {
    return crossing(calls, threshold, caller).map(crossing -> after(crossing, calls, caller));
  }

  private static Optional<Crossing> crossing(
      List<RecordedCall> calls, int threshold, Function<RecordedCall, String> caller) {
    Map<String, Integer> inARow = new HashMap<>();
    List<RecordedCall> byAnswer =
        calls.stream()
            .filter(call -> call.answer().isPresent())
            .sorted((a, b) -> Long.compare(answeredAt(a) - answeredAt(b), 0))
            .toList();
    for (RecordedCall call : byAnswer) {
      String who = caller.apply(call);
      if (inARow.merge(who, failed(call) ? 1 : 0, (was, now) -> now * (was + 1)) >= threshold) {
        return Optional.of(new Crossing(who, answeredAt(call)));
      }
    }
    return Optional.empty();
  }

  private static Trip after(
      Crossing crossing, List<RecordedCall> calls, Function<RecordedCall, String> caller) {
    List<RecordedCall> late =
        calls.stream().filter(call -> call.arrivedAtNanos() - crossing.atNanos() > 0).toList();
    List<RecordedCall> own =
        late.stream().filter(call -> caller.apply(call).equals(crossing.caller())).toList();
    return new Trip(
        lastMs(own, crossing.atNanos()), lastMs(late, crossing.atNanos()), own.size(), late.size());
  }

  private static double lastMs(List<RecordedCall> calls, long from) {
    return calls.stream().mapToLong(call -> call.arrivedAtNanos() - from).max().orElse(0) / 1e6;
  }

  private static boolean failed(RecordedCall call) {
    return !call.answer().orElseThrow().status().startsWith("2");
  }

  private static long answeredAt(RecordedCall call) {
    return call.answer().orElseThrow().atNanos();
  }
}
