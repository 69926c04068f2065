package io.backstop.circuit;

import io.backstop.action.CallCounts;

/** Calls that ended within one slice of a window. Not thread-safe. */
final class CallSlice {
  private final long startAt;
  private final DurationHistogram times = new DurationHistogram();
  private long calls;
  private long neutral;
  private long failures;
  private long slow;
  private long totalMs;

  CallSlice(long startAt) {
    this.startAt = startAt;
  }

  void add(CallVerdict verdict, boolean isSlow, long durationMs) {
    calls++;
    neutral += verdict == CallVerdict.NEUTRAL ? 1 : 0;
    failures += verdict == CallVerdict.FAILURE ? 1 : 0;
    slow += isSlow ? 1 : 0;
    totalMs += durationMs;
    times.add(durationMs);
  }

  long startAt() {
    return startAt;
  }

  /** Without failures in a row, which no slice knows. */
  CallTally tally() {
    return new CallTally(calls, neutral, failures, slow, 0);
  }

  CallCounts counts() {
    return new CallCounts(startAt, calls, failures, neutral, slow, totalMs, times.slots());
  }
}
