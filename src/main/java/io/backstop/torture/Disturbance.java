package io.backstop.torture;

/**
 * What was done to a processor or to the broker, or befell it; epoch milliseconds.
 *
 * @param processor -1 where it concerns all
 */
record Disturbance(Kind kind, int processor, long fromMs, long untilMs) {
  static final int ALL = -1;

  enum Kind {
    /** Its process died. */
    KILLED,
    /** Its process stood still. */
    FROZEN,
    /** It lost its tasks without a word, and noticed later: its log says so. */
    FENCED,
    /** A processor came into the group, and tasks moved to it in good order. */
    JOINED,
    /** The broker was away. */
    BROKER_AWAY
  }

  /** What has come between a call and its commit without leaving a trace in the history. */
  boolean loses(ServiceCall call) {
    return switch (kind) {
      case KILLED ->
          isOf(call) && call.arrivedAtMs() <= fromMs && fromMs - call.arrivedAtMs() <= UNCOMMITTED;
      case FROZEN, FENCED, BROKER_AWAY -> isOf(call) && touches(call.arrivedAtMs());
      case JOINED -> false;
    };
  }

  /** Whether the caller could not know then what the others have decided. */
  boolean blinds(ServiceCall call) {
    return switch (kind) {
      case FROZEN, FENCED, BROKER_AWAY -> isOf(call) && touches(call.arrivedAtMs());
      case KILLED, JOINED -> false;
    };
  }

  boolean overlaps(long from, long until) {
    return fromMs - MARGIN <= until && untilMs + SETTLING >= from;
  }

  private boolean touches(long at) {
    return at >= fromMs - UNCOMMITTED && at <= untilMs + SETTLING;
  }

  private boolean isOf(ServiceCall call) {
    return processor == ALL || processor == call.processor();
  }

  /** From the start of a call until its outcome is committed, at most. */
  private static final long UNCOMMITTED = FleetSettings.CALL_TIMEOUT.toMillis() + 3_000;

  /** Until a processor has noticed and given up what is no longer its own. */
  private static final long SETTLING = 10_000;

  private static final long MARGIN = 200;
}
