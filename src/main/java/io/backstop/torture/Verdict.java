package io.backstop.torture;

import java.util.List;

/**
 * What came of a run.
 *
 * @param requests records on the request topic
 * @param keys distinct idempotency keys among them
 * @param results terminal results, those of duplicates included
 * @param repeats calls beyond those that the service answered or the processor gave up in order
 * @param zombieCalls late calls of a processor that did not know yet that its tasks had moved
 * @param judgedOpenMs how long circuits were open in which a call would have been a leak, all
 *     services together
 */
record Verdict(
    int requests,
    int keys,
    int results,
    int duplicates,
    int deadLetters,
    int calls,
    Repeats repeats,
    int zombieCalls,
    long judgedOpenMs,
    Toll blows,
    List<Violation> violations) {

  /**
   * Calls that were repeated, by why.
   *
   * @param uncommitted the first one was lost with the transaction of a processor that was killed,
   *     frozen, fenced or cut off
   * @param handedOver the history says INTERRUPTED: the task moved or restarted meanwhile
   * @param timedOut the history says TIMED_OUT
   */
  record Repeats(int uncommitted, int handedOver, int timedOut) {}

  long count(Violation.Kind kind) {
    return violations.stream().filter(each -> each.kind() == kind).count();
  }

  boolean isClean() {
    return violations.isEmpty();
  }
}
