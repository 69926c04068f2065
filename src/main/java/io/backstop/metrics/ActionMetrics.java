package io.backstop.metrics;

import io.backstop.action.Priority;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The processor's meters. Thread-safe; meters are looked up once per tag value, not per request.
 */
public final class ActionMetrics {
  private static final Logger LOG = LoggerFactory.getLogger(ActionMetrics.class);
  private static final long WARN_EVERY = 100_000;

  private final MeterRegistry registry;
  private final Map<String, Counter> requests = new ConcurrentHashMap<>();
  private final Map<String, Map<String, Timer>> attempts = new ConcurrentHashMap<>();
  private final Map<String, Counter> unkeyed = new ConcurrentHashMap<>();
  private final Map<String, Counter> retries = new ConcurrentHashMap<>();
  private final Map<String, Counter> retriesOverBudget = new ConcurrentHashMap<>();
  private final Map<String, Counter> fallbacks = new ConcurrentHashMap<>();
  private final Map<String, Counter> cacheLookups = new ConcurrentHashMap<>();
  private final Map<String, Counter> pauses = new ConcurrentHashMap<>();
  private final Map<String, Counter> refusals = new ConcurrentHashMap<>();
  private final Map<String, Counter> deskLetters = new ConcurrentHashMap<>();
  private final Map<String, Counter> deskOrders = new ConcurrentHashMap<>();

  public ActionMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  /** One request ended. */
  public void request(String outcome) {
    counter(requests, Metric.REQUESTS, outcome).increment();
  }

  /** One call ended. */
  public void attempt(String target, String outcome, long durationMs) {
    attempts
        .computeIfAbsent(target, t -> new ConcurrentHashMap<>())
        .computeIfAbsent(outcome, o -> timer(target, o))
        .record(durationMs, TimeUnit.MILLISECONDS);
  }

  /** One record arrived without a key; warned about at the first and then once in a while. */
  public void unkeyedRecord(String topic) {
    Counter counter = counter(unkeyed, Metric.UNKEYED_RECORDS, topic);
    if (counter.count() % WARN_EVERY == 0) {
      LOG.warn(
          "record without key topic={}: its duplicates may meet in no one partition and be executed"
              + " again; set a record key, or backstop.intake.partitioning: by-idempotency-key",
          topic);
    }
    counter.increment();
  }

  /** One fallback step was used for an action. */
  public void fallback(String primary, String step, boolean succeeded) {
    String outcome = succeeded ? "succeeded" : "failed";
    fallbacks
        .computeIfAbsent(primary + "|" + step + "|" + outcome, key -> uses(primary, step, outcome))
        .increment();
  }

  private Counter uses(String primary, String step, String outcome) {
    Metric metric = Metric.FALLBACKS;
    String[] tags = metric.tags();
    return Counter.builder(metric.meterName())
        .description(metric.description())
        .baseUnit(metric.unit())
        .tags(tags[0], primary, tags[1], step, tags[2], outcome)
        .register(registry);
  }

  /** Shows how many requests of each priority are in the retry queue. */
  public void retryQueue(ToLongFunction<Priority> parked) {
    for (Priority priority : Priority.values()) {
      gauge(Metric.RETRY_QUEUE, priority.name(), () -> parked.applyAsLong(priority));
    }
  }

  /** One look-up for an earlier result: hit or miss. */
  public void cacheLookup(String outcome) {
    counter(cacheLookups, Metric.CACHE_LOOKUPS, outcome).increment();
  }

  /** Shows how many cached results are held, and their size. */
  public void cachedResults(Supplier<Number> entries, Supplier<Number> bytes) {
    gauge(Metric.CACHE_ENTRIES, entries);
    gauge(Metric.CACHE_BYTES, bytes);
  }

  /** A pause of a service began in this instance. */
  public void pause(String service) {
    counter(pauses, Metric.PAUSES, service).increment();
  }

  /** Shows how many calls to a service are in flight. */
  public void callsInFlight(String service, Supplier<Number> count) {
    gauge(Metric.CALLS_IN_FLIGHT, service, count);
  }

  /** Shows how many calls per second this instance may start. */
  public void callShare(String service, Supplier<Number> callsPerSecond) {
    gauge(Metric.CALL_SHARE, service, callsPerSecond);
  }

  private void gauge(Metric metric, String service, Supplier<Number> value) {
    Gauge.builder(metric.meterName(), value)
        .description(metric.description())
        .baseUnit(metric.unit())
        .tag(metric.tags()[0], service)
        .register(registry);
  }

  /** Another attempt was decided on. */
  public void retry(String service) {
    counter(retries, Metric.RETRIES, service).increment();
  }

  /** Another attempt was refused, because there were too many already. */
  public void retryOverBudget(String service) {
    counter(retriesOverBudget, Metric.RETRIES_OVER_BUDGET, service).increment();
  }

  private void gauge(Metric metric, Supplier<Number> value) {
    Gauge.builder(metric.meterName(), value)
        .description(metric.description())
        .baseUnit(metric.unit())
        .register(registry);
  }

  /** Shows in which of its states a circuit is, one 0/1 gauge per state. */
  public <S extends Enum<S>> void circuitState(String scope, List<S> states, Supplier<S> current) {
    Metric metric = Metric.CIRCUIT_STATE;
    for (S state : states) {
      Gauge.builder(metric.meterName(), () -> current.get() == state ? 1 : 0)
          .description(metric.description())
          .tags(tags(metric, scope, state.name()))
          .register(registry);
    }
  }

  /** A circuit has changed its state. */
  public void circuitTransition(String scope, String state) {
    counted(Metric.CIRCUIT_TRANSITIONS, scope, state).increment();
  }

  /** One call was not made because of a circuit. */
  public void circuitRefusal(String scope) {
    counter(refusals, Metric.CIRCUIT_REFUSALS, scope).increment();
  }

  /** The desk did something with so many dead letters. */
  public void deskLetters(String outcome, int count) {
    counter(deskLetters, Metric.DESK_LETTERS, outcome).increment(count);
  }

  /** The desk did something with an order. */
  public void deskOrders(String outcome) {
    counter(deskOrders, Metric.DESK_ORDERS, outcome).increment();
  }

  /** One probe was started. */
  public void circuitProbe(String scope, String kind) {
    counted(Metric.CIRCUIT_PROBES, scope, kind).increment();
  }

  /** For what happens seldom: looked up each time. */
  private Counter counted(Metric metric, String... values) {
    return Counter.builder(metric.meterName())
        .description(metric.description())
        .baseUnit(metric.unit())
        .tags(tags(metric, values))
        .register(registry);
  }

  private static Tags tags(Metric metric, String... values) {
    return Tags.of(metric.tags()[0], values[0], metric.tags()[1], values[1]);
  }

  private Counter counter(Map<String, Counter> counters, Metric metric, String tag) {
    Counter known = counters.get(tag);
    return known != null
        ? known
        : counters.computeIfAbsent(
            tag,
            value ->
                Counter.builder(metric.meterName())
                    .description(metric.description())
                    .baseUnit(metric.unit())
                    .tag(metric.tags()[0], value)
                    .register(registry));
  }

  private Timer timer(String target, String outcome) {
    Metric metric = Metric.ATTEMPTS;
    return Timer.builder(metric.meterName())
        .description(metric.description())
        .tags(Tags.of(metric.tags()[0], target, metric.tags()[1], outcome))
        .register(registry);
  }
}
