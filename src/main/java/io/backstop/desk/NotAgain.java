package io.backstop.desk;

import io.backstop.action.PassedOver;

/** A letter's request cannot be sent in again; the message says why, for a person. */
final class NotAgain extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final PassedOver why;

  NotAgain(PassedOver why, String message) {
    super(message, null, false, false);
    this.why = why;
  }

  static NotAgain invalid(String message) {
    return new NotAgain(PassedOver.INVALID, message);
  }

  PassedOver why() {
    return why;
  }
}
