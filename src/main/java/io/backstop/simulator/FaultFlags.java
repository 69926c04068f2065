package io.backstop.simulator;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * Collects the faults of a command line. Each value is {@code [SERVICE=]SPEC}; without a service it
 * holds for all. A wrong value throws {@link InvalidFaultException} naming the option.
 */
public final class FaultFlags {
  private final Map<EmulatedService, FaultPlan> plans = new EnumMap<>(EmulatedService.class);

  /**
   * Plans by service, in the JSON that {@code GET /faults} shows; they replace what was collected.
   */
  public void json(byte[] plansByService) {
    plans.putAll(FaultJson.readAll(plansByService));
  }

  /**
   * @param value {@code MS}, {@code uniform:MIN-MAX}, {@code normal:MEAN-STDDEV}, {@code
   *     exponential:MEAN} or {@code lognormal:MEDIAN-P99}, all in milliseconds
   */
  public void latency(String value) {
    change("--latency", value, (plan, spec) -> plan.withLatency(LatencySpec.parse(spec)));
  }

  /**
   * @param value {@code RATE[:STATUS[:RETRY_AFTER_SECONDS]]}, for example {@code 0.1:429:2}
   */
  public void errors(String value) {
    change("--errors", value, (plan, spec) -> plan.with(error(spec)));
  }

  /**
   * @param value share of requests that never get an answer
   */
  public void hang(String value) {
    change("--hang", value, (plan, spec) -> plan.with(Failure.hang(Double.parseDouble(spec))));
  }

  /**
   * @param value share of requests whose connection is reset
   */
  public void reset(String value) {
    change("--reset", value, (plan, spec) -> plan.with(Failure.reset(Double.parseDouble(spec))));
  }

  /**
   * @param label of the service that is down, or {@code all}
   */
  public void outage(String label) {
    change("--outage", label + "=", (plan, spec) -> plan.withOutage(FaultPlan.Outage.UNAVAILABLE));
  }

  public Map<EmulatedService, FaultPlan> plans() {
    return plans;
  }

  private interface Change {
    FaultPlan apply(FaultPlan plan, String spec);
  }

  private void change(String option, String value, Change change) {
    int equals = value.indexOf('=');
    String label = equals < 0 ? "all" : value.substring(0, equals);
    String spec = value.substring(equals + 1);
    try {
      for (EmulatedService service : services(label)) {
        plans.put(service, change.apply(plans.getOrDefault(service, FaultPlan.HEALTHY), spec));
      }
    } catch (IllegalArgumentException e) {
      throw new InvalidFaultException(option, "'" + value + "' cannot be used: " + e.getMessage());
    }
  }

  private static Set<EmulatedService> services(String label) {
    if (label.equals("all")) {
      return EnumSet.allOf(EmulatedService.class);
    }
    return EmulatedService.byLabel(label)
        .map(EnumSet::of)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no service '" + label + "'; there are " + EmulatedService.labels()));
  }

  private static Failure error(String spec) {
    String[] parts = spec.split(":");
    double rate = Double.parseDouble(parts[0]);
    int status = parts.length > 1 ? Integer.parseInt(parts[1]) : 500;
    if (parts.length > 3) {
      throw new IllegalArgumentException("expected RATE[:STATUS[:RETRY_AFTER_SECONDS]]");
    }
    Failure error = Failure.error(rate, status);
    return parts.length == 3 ? error.withRetryAfter(Integer.parseInt(parts[2])) : error;
  }
}
