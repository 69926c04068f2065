package io.backstop.execution;

/**
 * Which of the tasks that want calls of one service make way for the others: those that have only
 * LOW work, unless others went before them {@code starvationTurn} times in a row. Not thread-safe.
 */
final class Precedence {
  private final int starvationTurn;
  private int passedOver;

  Precedence(int starvationTurn) {
    this.starvationTurn = starvationTurn;
  }

  /** The demand that goes first now. */
  Demand first() {
    return passedOver < starvationTurn ? Demand.URGENT : Demand.PATIENT;
  }

  /**
   * A call was started.
   *
   * @param patientWaits whether a task with only LOW work would have liked to start one
   */
  void started(Demand demand, boolean patientWaits) {
    if (demand == Demand.PATIENT) {
      passedOver = 0;
    } else if (patientWaits) {
      passedOver++;
    }
  }
}
