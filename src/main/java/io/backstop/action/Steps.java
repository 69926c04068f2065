package io.backstop.action;

import java.util.Optional;
import java.util.Set;

/** The fallback steps that are not targets, by name. Any other step is a target's name. */
public final class Steps {

  /** Serves an earlier result of the same action. */
  public static final String CACHED_RESULT = "cached-result";

  /** Answers with the default value of the request, else of the strategy. */
  public static final String DEFAULT_VALUE = "default-value";

  /** Leaves the request undone, where it allows that. */
  public static final String SKIP = "skip";

  /** Ends the cascade. */
  public static final String DEAD_LETTER = "dead-letter";

  /** The name under which the retry queue has a topic. */
  public static final String QUEUE_RETRY = "queue:retry";

  private static final String QUEUE = "queue:";
  private static final Set<String> QUEUES =
      Set.of(QUEUE_RETRY, "queue:high", "queue:medium", "queue:low");
  private static final Set<String> IN_PLACE =
      Set.of(CACHED_RESULT, DEFAULT_VALUE, SKIP, DEAD_LETTER);

  private Steps() {}

  /** Whether a step parks the request, to try its primary action again later. */
  public static boolean isQueue(String step) {
    return QUEUES.contains(step);
  }

  /** Whether a step is a target, and so has a topic of its own. */
  public static boolean isTarget(String step) {
    return !isQueue(step) && !IN_PLACE.contains(step);
  }

  /** The name under which a step has a topic; empty for one that is taken in place. */
  public static Optional<String> topicOf(String step) {
    if (isQueue(step)) {
      return Optional.of(QUEUE_RETRY);
    }
    return IN_PLACE.contains(step) ? Optional.empty() : Optional.of(step);
  }

  /**
   * With which priority a queue step parks.
   *
   * @param own the request's own priority
   */
  public static Priority priority(String step, Priority own) {
    return switch (step.substring(QUEUE.length())) {
      case "high" -> Priority.HIGH;
      case "medium" -> Priority.MEDIUM;
      case "low" -> Priority.LOW;
      default -> own;
    };
  }

  /** Names of all steps that are not targets. */
  public static Set<String> named() {
    var all = new java.util.TreeSet<>(QUEUES);
    all.addAll(IN_PLACE);
    return all;
  }
}
