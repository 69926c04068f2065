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

  /** Raw fallback requests whose writer schema is being fetched. */
  public static final String FALLBACKS_AWAITING_SCHEMA = "fallbacks-awaiting-schema";

  /** Uses of fallbacks that a task has not reported yet, by primary action and step. */
  public static final String FALLBACK_USES = "fallback-uses";

  /** Raw reports of fallbacks whose writer schema is being fetched. */
  public static final String FALLBACK_REPORTS_AWAITING_SCHEMA = "fallback-reports-awaiting-schema";

  /** Fallbacks of the whole fleet, and when each was notified. */
  public static final String FALLBACK_LEDGER = "fallback-ledger";

  /** Strategies that commands have set, by action. */
  public static final String STRATEGIES = "strategies";

  /** Services that failed lately, and who cleared them. */
  public static final String RECENT_FAILURES = "recent-failures";

  /** Dead letters by id. */
  public static final String LETTERS = "letters";

  /** What lists of dead letters need, by status and time. */
  public static final String LETTERS_BY_TIME = "letters-by-time";

  /** Groups of alike dead letters, by fingerprint. */
  public static final String LETTER_GROUPS = "letter-groups";

  /** Raw dead letters whose writer schema is being fetched. */
  public static final String LETTERS_AWAITING_SCHEMA = "letters-awaiting-schema";

  /** How far a desk has read its partition of the dead letters. */
  public static final String DESK_POSITION = "desk-position";

  /** Raw orders to the desk whose writer schema is being fetched. */
  public static final String DESK_ORDERS_AWAITING_SCHEMA = "desk-orders-awaiting-schema";

  /** Operations that a desk works on, by id. */
  public static final String DESK_OPERATIONS = "desk-operations";

  /** What operations have in readiness on a desk, by operation and age. */
  public static final String LETTERS_IN_READINESS = "letters-in-readiness";

  /** What a desk has not reported yet, by operation. */
  public static final String DESK_UNREPORTED = "desk-unreported";

  /** Operations of the whole fleet, by id. */
  public static final String OPERATIONS = "operations";

  /** Raw reports of desks whose writer schema is being fetched. */
  public static final String DESK_REPORTS_AWAITING_SCHEMA = "desk-reports-awaiting-schema";

  /** Targets that are paused by command. */
  public static final String PAUSES = "pauses";

  private StoreNames() {}
}
