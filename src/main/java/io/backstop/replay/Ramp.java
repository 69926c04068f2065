package io.backstop.replay;

/**
 * How a replay begins: with 1 letter, then 10, 100, 1,000 and so on, so that what is not mended
 * shows before much of it has failed again. A stage is over only when everything that was released
 * has ended. Immutable.
 *
 * @param stage how many letters the present stage has
 * @param from how many letters had been released when it began
 */
record Ramp(long stage, long from) {
  private static final long FACTOR = 10;
  private static final long LARGEST = Long.MAX_VALUE / FACTOR;

  static Ramp first() {
    return new Ramp(1, 0);
  }

  /**
   * How many letters of the stage are to be released yet.
   *
   * @param released how many were, since the operation began
   */
  long left(long released) {
    return Math.max(0, stage - (released - from));
  }

  /**
   * @param outstanding how many of the released letters have not ended; below 0 where a copied
   *     record has ended twice
   */
  boolean isOver(long released, long outstanding) {
    return left(released) == 0 && outstanding <= 0;
  }

  Ramp next(long released) {
    return new Ramp(stage > LARGEST ? stage : stage * FACTOR, released);
  }
}
