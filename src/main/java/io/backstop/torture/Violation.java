package io.backstop.torture;

/** Something that must never be. */
record Violation(Kind kind, String what) {

  enum Kind {
    LOST,
    RECORDED_TWICE,
    KEY_WITH_TWO_OUTCOMES,
    DUPLICATE_OF_NOTHING,
    OUTCOME_OF_NOTHING,
    UNEXPLAINED_REPEAT,
    OUT_OF_ORDER,
    BREAKER_LEAK,
    GAVE_UP
  }

  @Override
  public String toString() {
    return kind + ": " + what;
  }
}
