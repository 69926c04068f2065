package io.backstop.demo;

/**
 * How often circuits changed.
 *
 * @param opened entered OPEN, from HALF_OPEN too
 * @param closed entered CLOSED
 */
record CircuitChanges(long opened, long closed) {
  static final CircuitChanges NONE = new CircuitChanges(0, 0);
}
