package io.backstop.admin;

/** What a replay of a letter would come to now. */
enum Verdict {
  /** Its request would be sent in, and called. */
  WOULD_EXECUTE,
  /** Its request would be sent in, and suppressed: what was asked for is done since. */
  ALREADY_DONE,
  /** Its request would be sent in, but its target's circuit lets no calls through. */
  CIRCUIT_OPEN,
  /** Its request would be sent in, and wait: its target is paused by an operator. */
  PAUSED,
  /** It is not on the desk. */
  GONE,
  /** It is not OPEN, or another letter of its lineage is being replayed. */
  CHANGED,
  /** Its original was cut to fit. */
  CUT,
  /** One more replay would be of too high a generation. */
  GENERATION,
  /** It cannot be read, or would be refused again. */
  INVALID,
  /** It stood on a topic to which no request can be sent. */
  NOWHERE
}
