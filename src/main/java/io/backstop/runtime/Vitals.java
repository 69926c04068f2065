package io.backstop.runtime;

import io.backstop.action.CircuitState;
import io.backstop.config.MonitoringConfig;
import io.backstop.metrics.ActionMetrics;
import io.backstop.metrics.Metric;
import io.backstop.runtime.Check.Status;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.streams.KafkaStreams.State;

/**
 * How one instance itself is: whether it lives, and whether it does its work. There before the
 * processor, so that it can be asked while that starts. Thread-safe; no method waits.
 */
public final class Vitals {
  private static final String STREAMS = "streams:state";

  /**
   * @param hasRun whether it has been RUNNING since the start
   */
  private record Phase(State state, Instant since, boolean hasRun) {}

  private final MonitoringConfig config;
  private final InstantSource clock;
  private final Restoring restoring = new Restoring();
  private final AtomicReference<Phase> phase;
  private volatile Optional<Throwable> fatal = Optional.empty();
  private volatile boolean stopping;
  private volatile LongSupplier lag = () -> 0;
  private volatile Supplier<Map<String, CircuitState>> circuits = Map::of;

  public Vitals(MonitoringConfig config, InstantSource clock) {
    this.config = config;
    this.clock = clock;
    this.phase = new AtomicReference<>(new Phase(State.CREATED, clock.instant(), false));
  }

  /** From now on the numbers of a processor are known. */
  void watch(LongSupplier records, Supplier<Map<String, CircuitState>> states) {
    lag = records;
    circuits = states;
  }

  /** From the start on: an instance that cannot start is not ready, and that must be seen. */
  public void show(ActionMetrics metrics) {
    metrics.gauge(Metric.RESTORING_STORES, restoring::stores);
    metrics.gauge(Metric.RESTORE_REMAINING, restoring::records);
    metrics.gauge(Metric.READY, () -> ready().status() == Status.FAIL ? 0 : 1);
  }

  Restoring restoring() {
    return restoring;
  }

  void changed(State now) {
    phase.updateAndGet(
        before -> new Phase(now, clock.instant(), before.hasRun() || now == State.RUNNING));
  }

  void died(Throwable reason) {
    fatal = Optional.of(reason);
  }

  /** It is going to stop: no longer ready, whatever it still does. */
  public void stopping() {
    stopping = true;
  }

  /**
   * Fails when the processor cannot go on and only a new process helps. That Kafka is away is no
   * such reason: work goes on by itself when it is back.
   */
  public HealthReport live() {
    Instant now = clock.instant();
    return new HealthReport(
        List.of(
            fatal
                .map(
                    reason ->
                        new Check(
                            "processor:live",
                            Status.FAIL,
                            null,
                            "it cannot go on ("
                                + reason.getClass().getSimpleName()
                                + "): see its log",
                            now))
                .orElseGet(() -> Check.pass("processor:live", null, now))));
  }

  /** Fails while it does not work on requests: it starts, restores, rebalances for long, stops. */
  public HealthReport ready() {
    Instant now = clock.instant();
    List<Check> checks = new ArrayList<>(live().checks());
    checks.add(streams(phase.get(), now));
    checks.add(Check.pass("restore:records", restoring.records(), now));
    checks.add(lag(now));
    return new HealthReport(checks);
  }

  /** The circuits of all services: one that is not closed is a warning. */
  List<Check> circuits() {
    Instant now = clock.instant();
    return circuits.get().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(each -> circuit(each.getKey(), each.getValue(), now))
        .toList();
  }

  private static Check circuit(String scope, CircuitState state, Instant now) {
    boolean calls = state == CircuitState.CLOSED || state == CircuitState.DISABLED;
    return new Check(
        "circuit:" + scope,
        calls ? Status.PASS : Status.WARN,
        state.name(),
        calls ? "" : "calls go to fallback steps, or wait",
        now);
  }

  private Check streams(Phase now, Instant at) {
    String state = now.state().name();
    if (stopping) {
      return new Check(STREAMS, Status.FAIL, state, "it stops", at);
    } else if (now.state() == State.RUNNING) {
      return Check.pass(STREAMS, state, at);
    } else if (!now.hasRun()) {
      String what = restoring.stores() > 0 ? "it starts: stores are restored" : "it starts";
      return new Check(STREAMS, Status.FAIL, state, what, at);
    } else if (now.state() != State.REBALANCING) {
      return new Check(STREAMS, Status.FAIL, state, "it does not run", at);
    }
    Duration rebalancing = Duration.between(now.since(), at);
    boolean isLong = rebalancing.compareTo(config.maxRebalance()) > 0;
    return new Check(
        STREAMS,
        isLong ? Status.FAIL : Status.PASS,
        state,
        isLong ? "it rebalances for longer than " + config.maxRebalance() : "",
        at);
  }

  private Check lag(Instant now) {
    long records = lag.getAsLong();
    boolean isBehind = config.maxLag() > 0 && records > config.maxLag();
    return new Check(
        "lag:records",
        isBehind ? Status.FAIL : Status.PASS,
        records,
        isBehind ? "more than " + config.maxLag() + " records behind" : "",
        now);
  }
}
