package io.backstop.action;

/** What an end user is told when a fallback did a request: one sentence without technical terms. */
public final class UserMessage {
  private UserMessage() {}

  /**
   * @param primaryAction what was asked for, {@code service:operation}
   * @param step the fallback step that did it: a target or one of {@link Steps}
   * @param failureClass why the primary action failed
   */
  public static String of(String primaryAction, String step, FailureClass failureClass) {
    String primary = ServiceName.ofTarget(primaryAction);
    if (Steps.isQueue(step)) {
      return "This was done a little later, because %s at first."
          .formatted(was(primary, failureClass));
    }
    boolean sameService =
        Steps.isTarget(step)
            && ServiceName.service(step).equals(ServiceName.service(primaryAction));
    return sameService
        ? "We did this with %s in another way.".formatted(primary)
        : "%s %s.".formatted(done(step), why(primary, failureClass));
  }

  private static String done(String step) {
    return switch (step) {
      case Steps.CACHED_RESULT -> "This is an earlier answer";
      case Steps.DEFAULT_VALUE -> "This is a standard answer";
      case Steps.SKIP -> "We left this out";
      case Steps.DEAD_LETTER -> "We kept this for our team to look at";
      default -> doneBy(ServiceName.service(step));
    };
  }

  private static String doneBy(String service) {
    return switch (service) {
      case "notion", "trello", "google-tasks", "drive", "sheets" ->
          "We saved this to " + ServiceName.of(service);
      case "slack" -> "We sent this by Slack";
      case "gmail", "email" -> "We sent this by e-mail";
      case "webhook" -> "We passed this on to another system";
      case "csv" -> "We wrote this to a CSV file";
      case "local" -> "We kept a backup of this";
      case "file" -> "We saved this to a file";
      case "console" -> "We made a note of this";
      default -> "We passed this on to " + service;
    };
  }

  private static String why(String primary, FailureClass failureClass) {
    return switch (failureClass) {
      case VALIDATION, NOT_FOUND, CONFLICT -> "because " + primary + " did not accept it";
      case AUTHENTICATION -> "while we have no access to " + primary;
      case RATE_LIMITED, RESOURCE_EXHAUSTED -> "while " + primary + " is busy";
      default -> "while " + primary + " is unavailable";
    };
  }

  private static String was(String primary, FailureClass failureClass) {
    return switch (failureClass) {
      case VALIDATION, NOT_FOUND, CONFLICT -> primary + " did not accept it";
      case AUTHENTICATION -> "we had no access to " + primary;
      case RATE_LIMITED, RESOURCE_EXHAUSTED -> primary + " was busy";
      default -> primary + " was unavailable";
    };
  }
}
