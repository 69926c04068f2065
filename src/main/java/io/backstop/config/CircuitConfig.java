package io.backstop.config;

import io.backstop.action.FailureClass;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Set;

/** When calls are stopped and taken up again; a service or a target can have its own values. */
public interface CircuitConfig {

  @Doc(
      "What opens the circuit, any of: consecutive-failures, failure-rate, slow-call-rate,"
          + " separated by commas.")
  @WithDefault("consecutive-failures")
  Set<TripRule> tripOn();

  @Doc("consecutive-failures: so many in a row, within window.")
  @WithDefault("5")
  int failureThreshold();

  @Doc("How far back calls count.")
  @WithDefault("1m")
  Duration window();

  @Doc("failure-rate and slow-call-rate: with fewer calls in the window nothing is concluded.")
  @WithDefault("20")
  int minCalls();

  @Doc("failure-rate: opens at this share of failures, above 0 and up to 1.")
  @WithDefault("0.5")
  double failureRate();

  @Doc("slow-call-rate: opens at this share of slow calls, above 0 and up to 1.")
  @WithDefault("0.8")
  double slowCallRate();

  @Doc("A call that takes this long is slow, whatever its outcome.")
  @WithDefault("5s")
  Duration slowCallDuration();

  @Doc(
      "Failures that count against the service. VALIDATION and NOT_FOUND never do: the request is"
          + " wrong then. Others than these count neither for nor against it.")
  @WithDefault("TIMEOUT,NETWORK,SERVER_ERROR")
  Set<FailureClass> failureClasses();

  @Doc("How long the circuit stays OPEN the first time.")
  @WithDefault("30s")
  Duration openDuration();

  @Doc("By how much the open time grows each time that HALF_OPEN ends in OPEN again.")
  @WithDefault("2")
  double openFactor();

  @Doc("Longest open time.")
  @WithDefault("5m")
  Duration maxOpenDuration();

  @Doc("Successful probes that close the circuit.")
  @WithDefault("2")
  int successesToClose();

  @Doc(
      "Probes that the whole fleet makes at most in one HALF_OPEN period; at least"
          + " successes-to-close. More than that leaves room to grant the permit of an instance that"
          + " died anew.")
  @WithDefault("3")
  int halfOpenProbes();

  @Doc(
      "health: a harmless call that the service has for the purpose, so that no request waits for"
          + " a service that hangs. live: the next requests. auto: health where there is such a call.")
  @WithDefault("auto")
  ProbeKind probe();

  @Doc("How long a health probe may take.")
  @WithDefault("2s")
  Duration probeTimeout();

  @Doc("A permit is used within this time or not at all; unused ones are granted anew.")
  @WithDefault("5s")
  Duration permitDuration();

  @Doc(
      "Instances whose evidence it takes to open the circuit for the fleet, where as many call the"
          + " service: 2 keeps one bad instance from stopping all, 1 stops sooner.")
  @WithDefault("2")
  int minInstances();
}
