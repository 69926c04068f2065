package io.backstop.metrics;

import static io.backstop.metrics.Metric.Kind.COUNTER;
import static io.backstop.metrics.Metric.Kind.FLEET_GAUGE;
import static io.backstop.metrics.Metric.Kind.GAUGE;
import static io.backstop.metrics.Metric.Kind.TIMER;
import static io.backstop.metrics.Metric.Kind.WORK_COUNTER;
import static io.backstop.metrics.Tag.ACTION;
import static io.backstop.metrics.Tag.DEPENDENCY;
import static io.backstop.metrics.Tag.FAILURE;
import static io.backstop.metrics.Tag.ORIGINAL;
import static io.backstop.metrics.Tag.OUTCOME;
import static io.backstop.metrics.Tag.PHASE;
import static io.backstop.metrics.Tag.PRIORITY;
import static io.backstop.metrics.Tag.SCOPE;
import static io.backstop.metrics.Tag.STATE;
import static io.backstop.metrics.Tag.STEP;
import static io.backstop.metrics.Tag.STORE;
import static io.backstop.metrics.Tag.TARGET;
import static io.backstop.metrics.Tag.TOPIC;

import java.util.List;

/** Every meter of the processor: name, kind, what it shows, unit, tags. */
public enum Metric {
  REQUESTS(
      "backstop.requests",
      WORK_COUNTER,
      "Requests by how they ended: succeeded (by their own action), fallback (a fallback step did"
          + " it), cached, skipped, dead-lettered, duplicate",
      ACTION,
      OUTCOME),
  DUPLICATES(
      "backstop.duplicates",
      WORK_COUNTER,
      "Duplicates that were suppressed: answered without a call",
      ORIGINAL),
  DEAD_LETTERS("backstop.dead.letters", WORK_COUNTER, "Dead letters written", FAILURE),
  FALLBACKS(
      "backstop.fallbacks",
      WORK_COUNTER,
      "Uses of a fallback step for an action: succeeded or failed",
      ACTION,
      STEP,
      OUTCOME),
  UNKEYED_RECORDS(
      "backstop.records.unkeyed",
      WORK_COUNTER,
      "Requests that arrived without a record key",
      TOPIC),

  ATTEMPTS(
      "backstop.attempts",
      TIMER,
      "Calls to a target and how long they took: succeeded, retryable, permanent, timed-out, or"
          + " rejected before the service was called",
      TARGET,
      OUTCOME,
      FAILURE),
  CALLS_IN_FLIGHT("backstop.calls.in.flight", GAUGE, "Calls in flight now", SCOPE, PRIORITY),
  CALLS_LIMIT("backstop.calls.limit", GAUGE, "Calls that may be in flight at once", SCOPE),
  CALL_SHARE(
      "backstop.call.share",
      GAUGE,
      "Calls per second that this instance may start, of a scope with a limit",
      SCOPE),
  PAUSES("backstop.pauses", COUNTER, "Pauses that a service asked this instance for", SCOPE),
  CALLS_REPEATED(
      "backstop.calls.repeated",
      WORK_COUNTER,
      "Calls that an earlier owner of a task had started and that are made again, because how they"
          + " ended was lost with it",
      SCOPE),
  RETRIES("backstop.retries", WORK_COUNTER, "Further attempts that were decided on", SCOPE),
  RETRIES_OVER_BUDGET(
      "backstop.retries.over.budget",
      WORK_COUNTER,
      "Further attempts that the retry budget refused",
      SCOPE),
  RETRY_BUDGET(
      "backstop.retry.budget", GAUGE, "Retries that the budget would still allow now", SCOPE),

  WAITING(
      "backstop.requests.waiting",
      GAUGE,
      "Requests that wait for their call, as of a second ago; after a rebalance it grows until the"
          + " work that was taken over is counted",
      SCOPE,
      PRIORITY),
  WAITING_AGE(
      "backstop.requests.waiting.age",
      GAUGE,
      "How long the request that is next has waited since it was queued; 0 when none waits",
      Unit.SECONDS,
      SCOPE,
      PRIORITY),
  HELD(
      "backstop.requests.held",
      GAUGE,
      "Requests that wait because their target is paused by command, as of a second ago",
      TARGET),
  RETRY_QUEUE(
      "backstop.retry.queue",
      GAUGE,
      "Requests in the retry queue of this instance's tasks, as of a second ago",
      PRIORITY),

  CIRCUIT_STATE(
      "backstop.circuit.state",
      FLEET_GAUGE,
      "1 for the state that the circuit is in, 0 for the others: CLOSED, OPEN, HALF_OPEN,"
          + " FORCED_OPEN, DISABLED, UNKNOWN",
      SCOPE,
      STATE),
  CIRCUIT_TRANSITIONS(
      "backstop.circuit.transitions",
      COUNTER,
      "Changes of a circuit's state that this instance has seen, by the new state",
      SCOPE,
      STATE),
  CIRCUIT_REFUSALS(
      "backstop.circuit.refusals", COUNTER, "Calls not made because of a circuit", SCOPE),
  CIRCUIT_LEAKED_CALLS(
      "backstop.circuit.leaked.calls",
      COUNTER,
      "Calls that this instance started after the fleet's circuit had opened, because it did not"
          + " know yet",
      SCOPE),
  CIRCUIT_PROBES(
      "backstop.circuit.probes",
      COUNTER,
      "Probes that this instance has started: health or live",
      SCOPE,
      Tag.KIND),

  CACHE_LOOKUPS(
      "backstop.cache.lookups",
      WORK_COUNTER,
      "Look-ups for an earlier result to serve in place of a call: hit or miss",
      OUTCOME),
  CACHE_ENTRIES(
      "backstop.cache.entries", FLEET_GAUGE, "Cached results, of which each instance has a copy"),
  CACHE_BYTES("backstop.cache.size", FLEET_GAUGE, "Size of all of them together", Unit.BYTES),

  OPERATIONS(
      "backstop.operations",
      FLEET_GAUGE,
      "Operations on dead letters that are not at their end: REPLAY, DISMISS, REOPEN, CATEGORIZE,"
          + " NOTE",
      Tag.KIND,
      PHASE),
  REPLAY_LETTERS(
      "backstop.replay.letters",
      FLEET_GAUGE,
      "Letters of the replays that are not at their end: selected, released so far; of these"
          + " succeeded, failed-again, suppressed, passed-over",
      STATE),
  DESK_LETTERS(
      "backstop.desk.letters",
      WORK_COUNTER,
      "Dead letters by what the desk did with them: kept, repeated (kept already), unreadable (kept"
          + " as what they are), expired (older than the retention when they came), swept (taken off"
          + " when their time was over), lost (by a defect)",
      OUTCOME),
  DESK_ORDERS(
      "backstop.desk.orders",
      WORK_COUNTER,
      "Orders to the desk by what it did with them: taken, ignored (of no operation that it has, or"
          + " known already), unreadable",
      OUTCOME),

  STORE_ENTRIES(
      "backstop.store.entries",
      GAUGE,
      "Entries of a store in this instance, as RocksDB estimates them, with a few of its own for each"
          + " part; finished is the idempotency store",
      STORE),
  STORE_BYTES(
      "backstop.store.size", GAUGE, "Size of a store's files in this instance", Unit.BYTES, STORE),
  LAG(
      "backstop.records.lag",
      GAUGE,
      "Records of a topic that this instance's tasks have not committed yet",
      TOPIC),
  STREAMS_STATE(
      "backstop.streams.state",
      GAUGE,
      "1 for the state that Kafka Streams is in, 0 for the others: CREATED, REBALANCING, RUNNING,"
          + " PENDING_SHUTDOWN, NOT_RUNNING, PENDING_ERROR, ERROR",
      STATE),
  RESTORING_STORES(
      "backstop.restore.stores", GAUGE, "Parts of stores that are being restored from Kafka"),
  RESTORE_REMAINING(
      "backstop.restore.remaining", GAUGE, "Records that are still to be read for that"),
  THREAD_FAILURES(
      "backstop.thread.failures", COUNTER, "Stream threads that died and were replaced"),
  READY("backstop.ready", GAUGE, "1 when /health/ready answers 200, 0 otherwise"),
  DEPENDENCY_UP(
      "backstop.dependency.up",
      GAUGE,
      "1 when it answered the last check, 0 otherwise; checked at most every 30 s, when health or"
          + " metrics are asked for",
      DEPENDENCY);

  /** What a meter's number is. */
  public enum Kind {
    /** Counts what has happened in this instance, whatever becomes of its transactions. */
    COUNTER,
    /** Counts work of transactions; what is rolled back and done again is counted again. */
    WORK_COUNTER,
    /** Counts calls and measures their time. A call is never undone by a transaction. */
    TIMER,
    /** Something of this instance as it is now. */
    GAUGE,
    /** Something of the whole fleet as it is now, the same in every instance. */
    FLEET_GAUGE
  }

  /** What the number is in; most only count. */
  private enum Unit {
    NONE(""),
    SECONDS("seconds"),
    BYTES("bytes");

    private final String unitName;

    Unit(String unitName) {
      this.unitName = unitName;
    }
  }

  private final String meterName;
  private final Kind kind;
  private final String description;
  private final Unit unit;
  private final List<Tag> tags;

  Metric(String meterName, Kind kind, String description, Tag... tags) {
    this(meterName, kind, description, Unit.NONE, tags);
  }

  Metric(String meterName, Kind kind, String description, Unit unit, Tag... tags) {
    this.meterName = meterName;
    this.kind = kind;
    this.description = description;
    this.unit = unit;
    this.tags = List.of(tags);
  }

  public String meterName() {
    return meterName;
  }

  public Kind kind() {
    return kind;
  }

  public String description() {
    return description;
  }

  /** {@code seconds} or {@code bytes}; null where it only counts. */
  public String unit() {
    return unit == Unit.NONE ? null : unit.unitName;
  }

  /** In the order in which their values are given. */
  public List<Tag> tags() {
    return tags;
  }
}
