package io.backstop.topology;

/**
 * Names of the topics: every way in, out and back.
 *
 * @param prefix of every name, for example {@code actions.}
 */
public record Topics(String prefix) {

  /** Where upstream systems publish their requests. */
  public String requests() {
    return prefix + "requests";
  }

  /**
   * The requests again, keyed by idempotency key; only with {@code intake.partitioning:
   * by-idempotency-key}.
   */
  public String requestsByKey() {
    return prefix + "requests.by-key";
  }

  /**
   * Requests on their way to a fallback step.
   *
   * @param target the step's target, or {@link io.backstop.action.Steps#QUEUE_RETRY}
   */
  public String fallback(String target) {
    return prefix + "fallback." + target.replace(':', '.');
  }

  /** What the tasks tell about the fallbacks they used. */
  public String fallbackReports() {
    return prefix + "fallback-reports";
  }

  /** One terminal result per request. */
  public String results() {
    return prefix + "results";
  }

  /** What happened, for dashboards and alerts. */
  public String events() {
    return prefix + "events";
  }

  /** What operators want done: the audit log. */
  public String commands() {
    return prefix + "commands";
  }

  /** The answers to the commands. */
  public String commandResults() {
    return prefix + "command-results";
  }

  /** What every instance has to know; compacted. */
  public String fleetState() {
    return prefix + "fleet-state";
  }

  /** What the instances tell the coordinators. */
  public String fleetSignals() {
    return prefix + "fleet-signals";
  }

  /** Results that may be served again; compacted. */
  public String cachedResults() {
    return prefix + "cached-results";
  }

  /** What could not be done anywhere. */
  public String deadLetters() {
    return prefix + "dead-letters";
  }

  /** What the desks of the dead letters are to do, and have to know. */
  public String deskOrders() {
    return prefix + "desk-orders";
  }

  /** How far the desks are with it. */
  public String deskReports() {
    return prefix + "desk-reports";
  }
}
