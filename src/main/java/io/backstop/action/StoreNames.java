package io.backstop.action;

/** State stores by name. A name is part of a changelog topic's name: to rename is to migrate. */
public final class StoreNames {

  /** Raw records whose writer schema is being fetched. */
  public static final String AWAITING_SCHEMA = "awaiting-schema";

  /** The same, for records that still have the hop to their partition before them. */
  public static final String AWAITING_SCHEMA_BEFORE_HOP = "awaiting-schema-before-hop";

  /** Requests from admission to terminal outcome, by idempotency key. */
  public static final String IN_FLIGHT = "in-flight";

  /** Requests not yet started, by service, priority and arrival. */
  public static final String WAITING = "waiting";

  /** Requests that wait for their next attempt, by the time at which it is due. */
  public static final String BACKING_OFF = "backing-off";

  /** Terminal outcomes by idempotency key, for the retention window. */
  public static final String FINISHED = "finished";

  /** What the whole fleet has to know: every instance's copy. */
  public static final String FLEET_STATE = "fleet-state";

  /** Results that may be served again, by record key; the global copy of their topic. */
  public static final String CACHED_RESULTS = "cached-results";

  /** Raw commands whose writer schema is being fetched. */
  public static final String COMMANDS_AWAITING_SCHEMA = "commands-awaiting-schema";

  /** What became of each command, by its id. */
  public static final String COMMAND_RESULTS_BY_ID = "command-results-by-id";

  /** How rate limits are shared out, by scope. */
  public static final String RATE_SHARES = "rate-shares";

  /** The fleet's circuits and what commands have changed in their settings, by scope. */
  public static final String CIRCUITS = "circuits";

  private StoreNames() {}
}
