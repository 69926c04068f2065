package io.backstop.action;

/**
 * The circuit of one scope as calls meet it, shared by all tasks of the process. Thread-safe, and
 * cheap enough for every request. A scope is a service, or a target with settings of its own.
 */
public interface CircuitGate {

  /**
   * Asks before a call. A granted one must be followed by {@link #ended}, {@link #notUsed} or
   * {@link #abandoned}.
   *
   * @param now epoch milliseconds
   */
  Admission admit(long now);

  /** Whether {@link #admit} would refuse every call now; uses up nothing and reports no demand. */
  boolean refuses(long now);

  /**
   * Tells how a granted call ended.
   *
   * @param durationMs how long it took
   */
  void ended(Admission.Granted admission, Outcome outcome, long durationMs, long now);

  /** Says that a granted call was not made. */
  void notUsed(Admission.Granted admission, long now);

  /** Says that the outcome of a granted call will never be known here. */
  void abandoned(Admission.Granted admission);
}
