package io.backstop.execution;

import io.backstop.action.Priority;

/** What a task has waiting for one service, as far as other tasks make way for it. */
enum Demand {
  NONE,
  /** Only what is LOW, and so all that is replayed. */
  PATIENT,
  URGENT;

  static Demand of(Priority priority) {
    return priority == Priority.LOW ? PATIENT : URGENT;
  }
}
