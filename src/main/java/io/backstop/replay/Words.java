package io.backstop.replay;

import io.backstop.action.OperationKind;
import io.backstop.action.OperationStatus;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What an operation says of itself, for a person. */
final class Words {
  private static final String WAITS = "waits";

  /** While the window has no room for it. */
  static final String CROWDED =
      WAITS
          + ": as many replayed requests of other operations are under way as there may be"
          + " (backstop.replay.max-outstanding)";

  private static final int MOST_NAMED = 20;

  private Words() {}

  /** While it selects. */
  static String looking(long count, Desks desks) {
    List<Integer> silent = desks.silent();
    String named =
        silent.stream().limit(MOST_NAMED).map(String::valueOf).collect(Collectors.joining(", "));
    String more =
        silent.size() > MOST_NAMED ? " and %d more".formatted(silent.size() - MOST_NAMED) : "";
    return text("looks for %s; the desk has not answered yet of partition ", letters(count))
        + named
        + more;
  }

  /**
   * While it has nothing to release before more of what it has released has ended.
   *
   * @param why what is known to be in the way
   */
  static String waiting(long outstanding, Optional<String> why) {
    String what =
        outstanding == 1
            ? WAITS + " for the outcome of 1 request"
            : text(WAITS + " for the outcomes of %,d requests", outstanding);
    return why.map(each -> what + ": " + each).orElse(what);
  }

  /** Whether a message is one of those about waiting. */
  static boolean isOfWaiting(String message) {
    return message.startsWith(WAITS);
  }

  private static String letters(long count) {
    return count == 1 ? "1 letter" : text("%,d letters", count);
  }

  /** When the desks have found others than the command names. */
  static String others(long counted, long found) {
    return counted == found
        ? text("selected %,d, now %,d others: look at them again", counted, found)
        : text("selected %,d, now %,d: look at them again", counted, found);
  }

  static String completed(OperationStatus.Builder status) {
    return status.getSelected() == 1
        ? "the letter is worked on"
        : text("all %,d letters are worked on", status.getSelected());
  }

  /** What has become of it, for the answer to its command. */
  static String summary(OperationStatus status) {
    String counts =
        text(
            "%,d selected, %,d %s, %,d passed over",
            status.getSelected(),
            status.getChanged(),
            status.getKind() == OperationKind.REPLAY ? "replayed" : "changed",
            Counting.passedOver(status.getPassedOver()));
    String outcomes =
        status.getKind() == OperationKind.REPLAY
            ? text(
                "; %,d succeeded, %,d failed again, %,d suppressed",
                status.getSucceeded(), status.getFailedAgain(), status.getSuppressed())
            : "";
    return "%s: %s (%s%s)".formatted(status.getPhase(), status.getMessage(), counts, outcomes);
  }

  /** {@code by ann: drill}, with a space before it, so that it follows a verb. */
  static String by(String actor, String reason) {
    String who = actor.isEmpty() ? " by an operator" : " by " + actor;
    return reason == null || reason.isBlank() ? who : who + ": " + reason;
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
