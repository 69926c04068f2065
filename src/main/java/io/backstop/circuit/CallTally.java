package io.backstop.circuit;

import io.backstop.action.CallCounts;
import io.backstop.config.CircuitSettings;
import io.backstop.config.TripRule;
import java.util.Locale;
import java.util.Optional;

/**
 * What a window holds, of one instance or of several together.
 *
 * @param calls that ended
 * @param neutral of these, neither successes nor failures that count
 * @param failures of these, failures that count
 * @param slow of these, slow ones
 * @param inARow failures since the last success
 */
record CallTally(long calls, long neutral, long failures, long slow, long inARow) {
  static final CallTally NONE = new CallTally(0, 0, 0, 0, 0);

  static CallTally of(CallCounts counts) {
    return new CallTally(
        counts.getCalls(), counts.getNeutral(), counts.getFailures(), counts.getSlow(), 0);
  }

  CallTally plus(CallTally other) {
    return new CallTally(
        calls + other.calls,
        neutral + other.neutral,
        failures + other.failures,
        slow + other.slow,
        inARow + other.inARow);
  }

  CallTally minus(CallTally other) {
    return plus(
        new CallTally(-other.calls, -other.neutral, -other.failures, -other.slow, -other.inARow));
  }

  CallTally withInARow(long failuresInARow) {
    return new CallTally(calls, neutral, failures, slow, failuresInARow);
  }

  /** How this meets a rule, in words; empty when it does not. */
  Optional<String> meets(TripRule rule, CircuitSettings settings) {
    return switch (rule) {
      case CONSECUTIVE_FAILURES ->
          inARow >= settings.failureThreshold()
              ? Optional.of(inARow + " failures in a row within " + window(settings))
              : Optional.empty();
      case FAILURE_RATE ->
          exceeds(failures, calls - neutral, settings.failureRate(), settings.minCalls())
              ? Optional.of(share(failures, calls - neutral, "failed", settings))
              : Optional.empty();
      case SLOW_CALL_RATE ->
          exceeds(slow, calls, settings.slowCallRate(), settings.minCalls())
              ? Optional.of(
                  share(
                      slow,
                      calls,
                      "took " + SpokenTime.of(settings.slowCallDuration().toMillis()) + " or more",
                      settings))
              : Optional.empty();
    };
  }

  /** What counts for a rule. */
  long contribution(TripRule rule) {
    return switch (rule) {
      case CONSECUTIVE_FAILURES -> inARow;
      case FAILURE_RATE -> failures;
      case SLOW_CALL_RATE -> slow;
    };
  }

  private static boolean exceeds(long part, long all, double share, int minCalls) {
    return part > 0 && all >= minCalls && part >= share * all;
  }

  private static String share(long part, long all, String what, CircuitSettings settings) {
    return String.format(
        Locale.ROOT,
        "%d of %d calls (%.0f%%) %s within %s",
        part,
        all,
        100.0 * part / all,
        what,
        window(settings));
  }

  private static String window(CircuitSettings settings) {
    return SpokenTime.of(settings.window().toMillis());
  }
}
