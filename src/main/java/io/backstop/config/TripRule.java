package io.backstop.config;

/** What opens a circuit. */
public enum TripRule {
  CONSECUTIVE_FAILURES,
  FAILURE_RATE,
  SLOW_CALL_RATE
}
