package io.backstop.action;

import java.util.Objects;
import java.util.Optional;

/** Whether a call may be made now, as far as the circuit is concerned. */
public sealed interface Admission {

  /** An ordinary call. */
  Granted CALL = new Granted(Optional.empty());

  /**
   * It may.
   *
   * @param permit the probe permit that it uses up; empty for an ordinary call
   */
  record Granted(Optional<String> permit) implements Admission {
    public Granted {
      Objects.requireNonNull(permit, "permit");
    }
  }

  /**
   * It may not.
   *
   * @param reason why, for a person
   */
  record Refused(String reason) implements Admission {
    public Refused {
      Objects.requireNonNull(reason, "reason");
    }
  }
}
