package io.backstop.circuit;

import io.backstop.action.Admission;
import io.backstop.action.CircuitStatus;

/** Words for calls that are refused, made once per status. Not thread-safe. */
final class Refusals {
  private final String scope;
  private CircuitStatus status;
  private Admission.Refused refused;

  Refusals(String scope) {
    this.scope = scope;
  }

  /**
   * @param where adds to whose circuit it is; may be empty
   */
  Admission.Refused of(CircuitStatus of, String where) {
    if (status != of) {
      refused = new Admission.Refused(words(of, where));
      status = of;
    }
    return refused;
  }

  private String words(CircuitStatus of, String where) {
    return "circuit %s is %s%s since %s%s%s"
        .formatted(
            scope,
            of.getState(),
            where,
            of.getSince(),
            of.getOpenUntil() == null ? "" : " until " + of.getOpenUntil(),
            of.getReason().isEmpty() ? "" : ": " + of.getReason());
  }
}
