package io.backstop.fallback;

/** A request cannot become one for a target; the message says why, for a person. */
final class NotConvertible extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NotConvertible(String reason) {
    super(reason, null, false, false);
  }
}
