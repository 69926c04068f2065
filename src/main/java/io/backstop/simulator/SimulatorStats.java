package io.backstop.simulator;

import java.time.Instant;
import java.util.Map;

/**
 * What the simulator saw since its start or the last reset; a copy that no longer changes.
 *
 * @param services by {@link EmulatedService#label()}; every service is there
 */
public record SimulatorStats(Instant since, long calls, Map<String, Service> services) {

  /**
   * @param inFlight calls not answered yet, hung ones among them
   * @param peakInFlight the most at once
   * @param urlCredentials calls that carried credentials in their URL
   * @param endpoints by name, for example {@code createPage}
   */
  public record Service(
      long calls,
      long inFlight,
      long peakInFlight,
      long urlCredentials,
      Keys keys,
      Effects effects,
      Map<String, Endpoint> endpoints) {}

  /**
   * Idempotency keys of calls to action endpoints: header {@code Idempotency-Key}, else the
   * service's own mechanism.
   *
   * @param distinct different keys
   * @param repeated calls with a key that an earlier call carried
   * @param absent calls without any key
   */
  public record Keys(long distinct, long repeated, long absent) {}

  /**
   * What was changed at the service.
   *
   * @param repeated changes under a key that had changed something before: doubled work
   */
  public record Effects(long total, long repeated) {}

  /**
   * @param answers by HTTP status, or {@code hang} or {@code reset}
   */
  public record Endpoint(long calls, Map<String, Long> answers) {}

  public Service service(EmulatedService service) {
    return services.get(service.label());
  }
}
