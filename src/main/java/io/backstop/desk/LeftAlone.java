package io.backstop.desk;

import io.backstop.action.PassedOver;

/** A letter is left as it is; the message says why, for a person. */
final class LeftAlone extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final PassedOver why;

  LeftAlone(PassedOver why, String message) {
    super(message, null, false, false);
    this.why = why;
  }

  static LeftAlone invalid(String message) {
    return new LeftAlone(PassedOver.INVALID, message);
  }

  PassedOver why() {
    return why;
  }
}
