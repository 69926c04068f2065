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

  /** Terminal outcomes by idempotency key, for the retention window. */
  public static final String FINISHED = "finished";

  /** The fleet's circuits and what commands have changed in their settings, by scope. */
  public static final String CIRCUITS = "circuits";

  private StoreNames() {}
}
