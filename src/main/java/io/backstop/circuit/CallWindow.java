package io.backstop.circuit;

import io.backstop.action.CallCounts;
import io.backstop.action.Outcome;
import io.backstop.config.CircuitSettings;
import io.backstop.config.TripRule;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The calls of one circuit in one instance within the last {@code window}. A tenth of the window is
 * one slice; a slice counts while its start lies within the window. Times may go back a little: a
 * call that ended before the newest slice began is counted there. Not thread-safe.
 */
final class CallWindow {
  private static final int SLICES = 10;

  private final Deque<CallSlice> slices = new ArrayDeque<>();
  private final Deque<Long> failures = new ArrayDeque<>();
  private CallTally sum = CallTally.NONE;
  private OptionalLong lastSuccessAt = OptionalLong.empty();

  /**
   * Takes in a call that has ended. A call that was not even made, as when credentials are missing,
   * is not one, unless its failure class counts.
   *
   * @param durationMs how long it took
   * @return what it says about the service
   */
  CallVerdict record(Outcome outcome, long durationMs, CircuitSettings settings, long now) {
    CallVerdict verdict = CallVerdict.of(outcome, settings);
    if (verdict == CallVerdict.NEUTRAL && outcome instanceof Outcome.Rejected) {
      return verdict;
    }
    forget(settings, now);
    boolean slow = durationMs >= settings.slowCallDuration().toMillis();
    current(settings, now).add(verdict, slow, durationMs);
    sum = sum.plus(one(verdict, slow));
    if (verdict == CallVerdict.SUCCESS) {
      lastSuccessAt = OptionalLong.of(now);
      failures.clear();
    } else if (verdict == CallVerdict.FAILURE) {
      failures.addLast(now);
      while (failures.size() > settings.failureThreshold()) {
        failures.removeFirst();
      }
    }
    return verdict;
  }

  /** The rule that the calls meet, in words; empty when none of the selected. */
  Optional<String> crossed(CircuitSettings settings, long now) {
    forget(settings, now);
    CallTally tally = sum.withInARow(failures.size());
    for (TripRule rule : settings.tripOn()) {
      Optional<String> met = tally.meets(rule, settings);
      if (met.isPresent()) {
        return met;
      }
    }
    return Optional.empty();
  }

  /** What is in the window, oldest slice first. */
  List<CallCounts> slices(CircuitSettings settings, long now) {
    forget(settings, now);
    return slices.stream().map(CallSlice::counts).toList();
  }

  /** When the last failures since the last success ended, oldest first. */
  List<Long> recentFailures() {
    return new ArrayList<>(failures);
  }

  OptionalLong lastSuccessAt() {
    return lastSuccessAt;
  }

  /** Whether a failure that counts is in the window. */
  boolean hasFailures() {
    return sum.failures() > 0;
  }

  private void forget(CircuitSettings settings, long now) {
    long windowMs = settings.window().toMillis();
    while (!slices.isEmpty() && !isWithin(slices.peekFirst().startAt(), windowMs, now)) {
      sum = sum.minus(slices.removeFirst().tally());
    }
    while (!failures.isEmpty() && !isWithin(failures.peekFirst(), windowMs, now)) {
      failures.removeFirst();
    }
  }

  /** Whether a moment counts; one far ahead is from before the clock was set back. */
  static boolean isWithin(long at, long windowMs, long now) {
    return at > now - windowMs && at < now + windowMs;
  }

  private CallSlice current(CircuitSettings settings, long now) {
    CallSlice newest = slices.peekLast();
    if (newest == null || now >= newest.startAt() + settings.window().toMillis() / SLICES) {
      newest = new CallSlice(now);
      slices.addLast(newest);
    }
    return newest;
  }

  private static CallTally one(CallVerdict verdict, boolean slow) {
    return new CallTally(
        1,
        verdict == CallVerdict.NEUTRAL ? 1 : 0,
        verdict == CallVerdict.FAILURE ? 1 : 0,
        slow ? 1 : 0,
        0);
  }
}
