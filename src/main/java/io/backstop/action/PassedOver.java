package io.backstop.action;

/**
 * Why an operation left a letter of its selection as it was. Names stand in reports and answers.
 */
public enum PassedOver {
  /** It is not on the desk any more. */
  GONE,
  /** Its status is another one by now: somebody else has dealt with it. */
  CHANGED,
  /** Its original was cut to fit; only its topic has the whole. */
  CUT,
  /** One more replay would be of too high a generation. */
  GENERATION,
  /** It cannot be read, or would be refused again, under today's schema and rules. */
  INVALID,
  /** It stood on a topic to which no request can be sent. */
  NOWHERE
}
