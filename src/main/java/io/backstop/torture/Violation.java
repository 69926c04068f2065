package io.backstop.torture;

/** Something that must never be. */
record Violation(Kind kind, String what) {

  enum Kind {
    LOST,
    WRONG_KEY,
    RECORDED_TWICE,
    KEY_WITH_TWO_OUTCOMES,
    KEY_WITHOUT_OUTCOME,
    DUPLICATE_OF_NOTHING,
    OUTCOME_OF_NOTHING,
    UNEXPLAINED_REPEAT,
    CALL_NOT_SEEN,
    OUT_OF_ORDER,
    BREAKER_LEAK,
    GAVE_UP,
    FORCED_STOP,
    NOTHING_TRIED
  }

  @Override
  public String toString() {
    return kind + ": " + what;
  }
}
