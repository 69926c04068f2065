package io.backstop.topology;

import io.backstop.action.ActionNames;
import io.backstop.action.FleetKey;
import io.backstop.action.FleetNews;
import io.backstop.action.QueueDepth;
import io.backstop.cache.CachedResults;
import io.backstop.circuit.Circuits;
import io.backstop.config.BackstopConfig;
import io.backstop.config.Policies;
import io.backstop.config.ServiceAccess;
import io.backstop.execution.CallGuards;
import io.backstop.execution.CallPlans;
import io.backstop.execution.Fallbacks;
import io.backstop.executor.HealthChecks;
import io.backstop.executor.auth.Credentials;
import io.backstop.fallback.Conversions;
import io.backstop.fallback.RecentServiceFailures;
import io.backstop.fallback.Strategies;
import io.backstop.fleet.SettingsNews;
import io.backstop.fleet.Signals;
import io.backstop.limit.CallRates;
import io.backstop.limit.PausedTargets;
import io.backstop.metrics.ActionMetrics;
import io.backstop.replay.OperationMeter;
import io.backstop.retry.RetryRules;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiFunction;

/** What stands between the requests of one process and their calls: one of each. */
record CallParts(
    ActionMetrics metrics,
    Policies policies,
    HealthChecks health,
    Circuits circuits,
    CallRates rates,
    CachedResults cached,
    RecentServiceFailures failures,
    Conversions conversions,
    Strategies strategies,
    PausedTargets paused,
    QueueDepth queueDepth,
    CallPlans plans) {

  static CallParts of(BackstopConfig config, Wiring.Outgoing outgoing, Wiring.Identity identity) {
    ActionMetrics metrics =
        new ActionMetrics(outgoing.meters(), new ActionNames(outgoing.targets().names())::of);
    Policies policies = new Policies(config);
    BiFunction<String, ServiceAccess, Credentials> credentials = shared(outgoing.credentials());
    HealthChecks health =
        new HealthChecks(outgoing.targets(), config, credentials, outgoing.http());
    Circuits circuits = new Circuits(identity.process(), policies, health::of, metrics);
    CallRates rates =
        new CallRates(
            identity.place(),
            policies,
            config.execution().throttlePause(),
            config.execution().maxPause(),
            metrics);
    CachedResults cached = new CachedResults(config, identity.process(), metrics);
    RetryRules retries = new RetryRules(policies, ThreadLocalRandom::current, metrics);
    RecentServiceFailures failures =
        new RecentServiceFailures(identity.process(), config.fallback().skip());
    Conversions conversions = new Conversions(config.fallback().targets());
    Strategies strategies = new Strategies(config.fallback(), outgoing.targets(), cached::takes);
    PausedTargets paused = new PausedTargets();
    QueueDepth queueDepth = new QueueDepth();
    CallGuards guards =
        new CallGuards(
            policies,
            circuits::of,
            rates::of,
            retries::of,
            paused::isPaused,
            cached,
            new Fallbacks(
                strategies, conversions, failures, config.fallback().parking(), queueDepth));
    CallPlans plans =
        new CallPlans(outgoing.targets(), config, credentials, outgoing.http(), guards, metrics);
    return new CallParts(
        metrics,
        policies,
        health,
        circuits,
        rates,
        cached,
        failures,
        conversions,
        strategies,
        paused,
        queueDepth,
        plans);
  }

  /** What this process tells the fleet. */
  Signals signals() {
    return new Signals(List.of(circuits, rates, cached, failures));
  }

  /** Who in this process is told what the fleet has decided. */
  Map<FleetKey, FleetNews> news() {
    return Map.of(
        FleetKey.CIRCUIT, circuits,
        FleetKey.LIMIT, rates,
        FleetKey.SETTINGS, new SettingsNews(policies),
        FleetKey.STRATEGY, strategies,
        FleetKey.FAILURES, failures,
        FleetKey.OPERATION, new OperationMeter(metrics),
        FleetKey.PAUSE, paused);
  }

  /** One and the same for calls and health checks, so that each service signs in once. */
  private static BiFunction<String, ServiceAccess, Credentials> shared(
      BiFunction<String, ServiceAccess, Credentials> made) {
    Map<String, Credentials> known = new HashMap<>();
    return (service, settings) ->
        known.computeIfAbsent(service, name -> made.apply(name, settings));
  }
}
