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
    long at = call.arrivedAtMs();
    return switch (kind) {
      case KILLED -> isOf(call) && within(at, fromMs - UNCOMMITTED, fromMs);
      case FROZEN, FENCED, BROKER_AWAY ->
          isOf(call) && within(at, fromMs - UNCOMMITTED, untilMs + SETTLING);
      case JOINED -> false;
    };
  }

  /**
   * Whether the caller could not hear then what the fleet had decided. Before it stood still, or
   * the broker went, it could; only one that was fenced had been out of it for a while before it
   * noticed.
   */
  boolean blinds(ServiceCall call) {
    long at = call.arrivedAtMs();
    return switch (kind) {
      case FROZEN, BROKER_AWAY -> isOf(call) && within(at, fromMs - MARGIN, untilMs + SETTLING);
      case FENCED -> isOf(call) && within(at, fromMs - UNCOMMITTED, untilMs + SETTLING);
      case KILLED, JOINED -> false;
    };
  }

  /**
   * Whether the caller could not know that others had gone on with its requests. A broker that is
   * away is no reason: until it is back nobody goes on, for a step is taken only once the one
   * before it is committed.
   */
  boolean outruns(ServiceCall call) {
    return kind != Kind.BROKER_AWAY && blinds(call);
  }

  /**
   * Whether it can have taken from a processor the task of a call that was in flight, which then
   * stands in the history as interrupted.
   *
   * @param caller -1 where it is not known
   * @param from when the call arrived
   * @param until when the next attempt was started
   */
  boolean interrupts(int caller, long from, long until) {
    boolean own = caller == ALL || caller == processor;
    return switch (kind) {
      case KILLED -> own && within(fromMs, from - MARGIN, until + MARGIN);
      case FROZEN -> own && meets(fromMs - MARGIN, untilMs, from, until) || returns(from, until);
      // others may have been at work for a while before it notices
      case FENCED -> own && within(fromMs, from - MARGIN, until + SETTLING) || returns(from, until);
      case JOINED -> meets(fromMs, untilMs + JOINING, from, until);
      case BROKER_AWAY -> false;
    };
  }

  /** One that had lost its tasks comes into the group again, and tasks move to it. */
  private boolean returns(long from, long until) {
    return meets(untilMs, untilMs + SETTLING, from, until);
  }

  private boolean isOf(ServiceCall call) {
    return processor == ALL || processor == call.processor();
  }

  private static boolean within(long at, long first, long last) {
    return at >= first && at <= last;
  }

  private static boolean meets(long first, long last, long from, long until) {
    return first <= until && last >= from;
  }

  /** From the start of a call until its outcome is committed, at most. */
  private static final long UNCOMMITTED = FleetSettings.CALL_TIMEOUT.toMillis() + 3_000;

  /** Until a processor has noticed and given up what is no longer its own, and joined again. */
  private static final long SETTLING = 10_000;

  /** From the first assignment until the tasks that move have moved. */
  private static final long JOINING = 2_000;

  private static final long MARGIN = 200;
}
