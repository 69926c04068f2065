package io.backstop.desk;

import io.backstop.action.DeadLetterId;
import io.backstop.action.Failure;
import io.backstop.action.FailureClass;
import io.backstop.action.OriginalRecord;

/** What stands on the topic of dead letters and is none. */
final class NoLetter {
  private static final int MAX_ID = 400;

  private NoLetter() {}

  /**
   * @param why it cannot be read
   */
  static Failure failure(OriginalRecord read, String why) {
    String reason =
        "no dead letter stands at %s (%s): find out who else writes to this topic"
            .formatted(DeadLetterId.of(read), why);
    return Failure.ofRecord(read, FailureClass.UNDECODABLE, reason);
  }

  static boolean isId(String id) {
    return !id.isEmpty() && id.length() <= MAX_ID;
  }

  /** Why something is no letter although it can be read. */
  static String wrongId(String id) {
    return "its id has %,d characters".formatted(id.length());
  }
}
