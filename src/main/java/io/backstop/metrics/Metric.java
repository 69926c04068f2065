package io.backstop.metrics;

/** Every meter of the processor: name, what it counts, unit, tags. */
public enum Metric {
  REQUESTS("backstop.requests", "Requests by how they ended", "requests", "outcome"),
  ATTEMPTS(
      "backstop.attempts", "Calls to a target and how long they took", "ms", "target", "outcome"),
  UNKEYED_RECORDS(
      "backstop.records.unkeyed", "Requests that arrived without a record key", "records", "topic"),
  CALLS_IN_FLIGHT("backstop.calls.in.flight", "Calls in flight now", "calls", "service"),
  RETRIES("backstop.retries", "Further attempts that were decided on", "attempts", "service"),
  RETRIES_OVER_BUDGET(
      "backstop.retries.over.budget",
      "Further attempts that the retry budget refused",
      "attempts",
      "service"),
  FALLBACKS(
      "backstop.fallbacks",
      "Uses of a fallback step for an action: succeeded or failed",
      "uses",
      "primary",
      "step",
      "outcome"),
  RETRY_QUEUE(
      "backstop.retry.queue",
      "Requests in the retry queue of this instance's tasks, as of a second ago",
      "requests",
      "priority"),
  CACHE_LOOKUPS(
      "backstop.cache.lookups",
      "Look-ups for an earlier result to serve in place of a call, by hit or miss",
      "lookups",
      "outcome"),
  CACHE_ENTRIES("backstop.cache.entries", "Cached results that this instance holds", "results"),
  CACHE_BYTES("backstop.cache.bytes", "Size of all cached results together", "bytes"),
  PAUSES("backstop.pauses", "Pauses that a service asked this instance for", "pauses", "service"),
  CALL_SHARE(
      "backstop.call.share",
      "Calls per second that this instance may start, of a service with a limit",
      "calls",
      "service"),
  CIRCUIT_STATE(
      "backstop.circuit.state",
      "1 for the state that the circuit is in for the whole fleet, 0 for the others",
      "",
      "scope",
      "state"),
  CIRCUIT_TRANSITIONS(
      "backstop.circuit.transitions",
      "Changes of a circuit's state that this instance has seen",
      "transitions",
      "scope",
      "state"),
  CIRCUIT_REFUSALS(
      "backstop.circuit.refusals", "Calls not made because of a circuit", "refusals", "scope"),
  CIRCUIT_PROBES(
      "backstop.circuit.probes",
      "Probes that this instance has started",
      "probes",
      "scope",
      "kind"),
  DESK_LETTERS(
      "backstop.desk.letters",
      "Dead letters by what the desk did with them: kept, repeated (kept already), unreadable (kept"
          + " as what they are), expired (older than the retention when they came), swept (taken off"
          + " when their time was over), lost (by a defect)",
      "letters",
      "outcome"),
  DESK_ORDERS(
      "backstop.desk.orders",
      "Orders to the desk by what it did with them: taken, ignored (of no operation that it has, or"
          + " known already), unreadable",
      "orders",
      "outcome");

  private final String meterName;
  private final String description;
  private final String unit;
  private final String[] tags;

  Metric(String meterName, String description, String unit, String... tags) {
    this.meterName = meterName;
    this.description = description;
    this.unit = unit;
    this.tags = tags;
  }

  public String meterName() {
    return meterName;
  }

  public String description() {
    return description;
  }

  public String unit() {
    return unit;
  }

  /** Names of the tags, in the order in which their values are given. */
  public String[] tags() {
    return tags.clone();
  }
}
