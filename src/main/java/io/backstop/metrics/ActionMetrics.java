package io.backstop.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The processor's meters. Thread-safe. A meter is made once and found by one look-up in a map; what
 * belongs to one scope keeps its own and needs none.
 */
public final class ActionMetrics {
  private static final Logger LOG = LoggerFactory.getLogger(ActionMetrics.class);
  private static final long WARN_EVERY = 100_000;

  /** Of a call's time; few, because each is a series for every target and failure class. */
  private static final Duration[] BUCKETS = {
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofMillis(2_500),
    Duration.ofSeconds(5),
    Duration.ofSeconds(10),
    Duration.ofSeconds(30)
  };

  private final MeterRegistry registry;
  private final UnaryOperator<String> names;
  private final Map<Metric, Map<List<String>, Counter>> counters = new EnumMap<>(Metric.class);
  private final Map<List<String>, Timer> attempts = new ConcurrentHashMap<>();

  /** For requests that can name nothing unknown. */
  public ActionMetrics(MeterRegistry registry) {
    this(registry, UnaryOperator.identity());
  }

  /**
   * @param names gives what an action that a request names is counted under, one of few
   */
  public ActionMetrics(MeterRegistry registry, UnaryOperator<String> names) {
    this.registry = registry;
    this.names = names;
    for (Metric metric : Metric.values()) {
      counters.put(metric, new ConcurrentHashMap<>());
    }
  }

  /**
   * The counter with these tags, which starts at 0 with the first call.
   *
   * @param values of the metric's tags, in their order; never ones that requests bring along
   */
  public Counter counter(Metric metric, String... values) {
    Map<List<String>, Counter> known = counters.get(metric);
    List<String> key = List.of(values);
    Counter counter = known.get(key);
    return counter != null ? counter : known.computeIfAbsent(key, tags -> newCounter(metric, tags));
  }

  /**
   * Shows a number as it is when it is asked for. The supplier is kept, is called on any thread and
   * must not wait; where it gives null there is no number.
   *
   * @param values of the metric's tags, in their order
   */
  public void gauge(Metric metric, Supplier<? extends Number> number, String... values) {
    Gauge.builder(metric.meterName(), number::get)
        .description(metric.description())
        .baseUnit(metric.unit())
        .tags(tags(metric, List.of(values)))
        .strongReference(true)
        .register(registry);
  }

  /**
   * Shows in which of its states something is, one 0/1 gauge per state.
   *
   * @param values of the tags before that of the state
   */
  public <S extends Enum<S>> void state(
      Metric metric, List<S> states, Supplier<S> current, String... values) {
    for (S state : states) {
      List<String> all = new ArrayList<>(List.of(values));
      all.add(state.name());
      gauge(metric, () -> current.get() == state ? 1 : 0, all.toArray(String[]::new));
    }
  }

  /** Epoch milliseconds, for numbers that depend on the time. */
  public long now() {
    return registry.config().clock().wallTime();
  }

  /** One request ended. */
  public void request(String action, String outcome) {
    counter(Metric.REQUESTS, names.apply(action), outcome).increment();
  }

  /**
   * One call ended.
   *
   * @param failure the failure class, {@code none} for no failure
   */
  public void attempt(String target, String outcome, String failure, long durationMs) {
    List<String> key = List.of(target, outcome, failure);
    Timer timer = attempts.get(key);
    if (timer == null) {
      timer = attempts.computeIfAbsent(key, this::newTimer);
    }
    timer.record(durationMs, TimeUnit.MILLISECONDS);
  }

  /** One record arrived without a key; warned about at the first and then once in a while. */
  public void unkeyedRecord(String topic) {
    Counter counter = counter(Metric.UNKEYED_RECORDS, topic);
    if (counter.count() % WARN_EVERY == 0) {
      LOG.warn(
          "record without key topic={}: its duplicates may meet in no one partition and be executed"
              + " again; set a record key, or backstop.intake.partitioning: by-idempotency-key",
          topic);
    }
    counter.increment();
  }

  private Counter newCounter(Metric metric, List<String> values) {
    return Counter.builder(metric.meterName())
        .description(metric.description())
        .baseUnit(metric.unit())
        .tags(tags(metric, values))
        .register(registry);
  }

  private Timer newTimer(List<String> values) {
    return Timer.builder(Metric.ATTEMPTS.meterName())
        .description(Metric.ATTEMPTS.description())
        .tags(tags(Metric.ATTEMPTS, values))
        .serviceLevelObjectives(BUCKETS)
        .register(registry);
  }

  private static Tags tags(Metric metric, List<String> values) {
    if (values.size() != metric.tags().size()) {
      throw new IllegalArgumentException(metric + " has tags " + metric.tags() + ", not " + values);
    }
    Tags tags = Tags.empty();
    for (int index = 0; index < values.size(); index++) {
      tags = tags.and(metric.tags().get(index).tagName(), values.get(index));
    }
    return tags;
  }
}
