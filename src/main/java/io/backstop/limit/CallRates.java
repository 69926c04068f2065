package io.backstop.limit;

import io.backstop.action.CallRate;
import io.backstop.action.FleetNews;
import io.backstop.action.FleetSignal;
import io.backstop.action.FleetState;
import io.backstop.action.RateDemand;
import io.backstop.action.SignalSource;
import io.backstop.config.Policies;
import io.backstop.metrics.ActionMetrics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The rates of all scopes in this process: takes the fleet's decisions about limits and pauses, and
 * tells the rate-coordinator what this instance wants. Thread-safe.
 */
public final class CallRates implements FleetNews, SignalSource {
  private final String instance;
  private final Policies policies;
  private final Duration throttlePause;
  private final Duration maxPause;
  private final ActionMetrics metrics;
  private final Map<String, ServiceRate> rates = new ConcurrentHashMap<>();
  private long sequence;

  /**
   * @param instance this process, from its start to its end
   * @param throttlePause pause of a service that does not say how long to wait
   * @param maxPause longest pause, whatever a service says
   */
  public CallRates(
      String instance,
      Policies policies,
      Duration throttlePause,
      Duration maxPause,
      ActionMetrics metrics) {
    this.instance = instance;
    this.policies = policies;
    this.throttlePause = throttlePause;
    this.maxPause = maxPause;
    this.metrics = metrics;
  }

  /**
   * The rate of one scope; always the same object for the same scope.
   *
   * @param scope a service, or a target with settings of its own
   */
  public CallRate of(String scope) {
    return rate(scope);
  }

  /** Takes what is published under {@code limit:<scope>}. */
  @Override
  public void changed(String scope, FleetState state) {
    rate(scope).changed(state == null ? null : state.getLimit());
  }

  @Override
  public synchronized List<FleetSignal> due(long now) {
    List<FleetSignal> signals = List.of();
    for (Map.Entry<String, ServiceRate> rate : rates.entrySet()) {
      var demand = rate.getValue().due(now);
      if (demand.isPresent()) {
        signals = signals.isEmpty() ? new ArrayList<>() : signals;
        signals.add(signal(rate.getKey(), demand.get(), false, now));
      }
    }
    return signals;
  }

  @Override
  public synchronized List<FleetSignal> leaving(long now) {
    var signals = new ArrayList<FleetSignal>();
    rates.forEach(
        (scope, rate) ->
            rate.leave(now).ifPresent(demand -> signals.add(signal(scope, demand, true, now))));
    return signals;
  }

  private FleetSignal signal(String scope, RateDemand demand, boolean leaving, long now) {
    // ahead of all that an earlier process of the same name has sent
    sequence = Math.max(sequence + 1, now);
    return FleetSignal.newBuilder()
        .setInstance(instance)
        .setScope(scope)
        .setSequence(sequence)
        .setSentAt(Instant.ofEpochMilli(now))
        .setLeaving(leaving)
        .setRate(demand)
        .build();
  }

  private ServiceRate rate(String scope) {
    ServiceRate known = rates.get(scope);
    return known != null
        ? known
        : rates.computeIfAbsent(
            scope,
            s ->
                new ServiceRate(
                    s, instance, policies, new Pause(throttlePause, maxPause), metrics));
  }
}
