package io.backstop.fallback;

import io.backstop.action.FailureClass;
import io.backstop.action.FailureEvidence;
import io.backstop.action.FleetNews;
import io.backstop.action.FleetSignal;
import io.backstop.action.FleetState;
import io.backstop.action.ServiceFailure;
import io.backstop.action.ServiceHealth;
import io.backstop.action.SignalSource;
import io.backstop.config.SkipConfig;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Which services have failed lately: what this process has seen, at once, and what the others have,
 * as the {@link FailureKeeper} tells. A request that is wrong is no failure of its service, so only
 * some failure classes count. Thread-safe.
 */
public final class RecentServiceFailures implements ServiceHealth, SignalSource, FleetNews {
  private static final Set<FailureClass> COUNTED =
      EnumSet.of(
          FailureClass.TIMEOUT,
          FailureClass.NETWORK,
          FailureClass.RATE_LIMITED,
          FailureClass.SERVER_ERROR,
          FailureClass.AUTHENTICATION,
          FailureClass.CIRCUIT_OPEN,
          FailureClass.RESOURCE_EXHAUSTED);
  private static final int LONGEST_MESSAGE = 200;
  private static final long TURN_MS = 500;

  private final String instance;
  private final int enough;
  private final long windowMs;
  private final Map<String, ReportedFailures> services = new ConcurrentHashMap<>();
  private final AtomicLong sequence = new AtomicLong();
  private volatile long nextTurnAt;
  private volatile boolean hasLeft;

  /**
   * @param instance names this process from its start to its end
   */
  public RecentServiceFailures(String instance, SkipConfig config) {
    this.instance = instance;
    this.enough = config.failures();
    this.windowMs = config.window().toMillis();
  }

  @Override
  public void failed(ServiceFailure failure) {
    if (COUNTED.contains(failure.getFailureClass())) {
      service(failure.getService()).failed(shortened(failure));
    }
  }

  @Override
  public boolean isSkippable(String service, long now) {
    ReportedFailures failures = services.get(service);
    return failures != null && failures.lastOfEnough() > now - windowMs;
  }

  /** Takes what is decided under {@link io.backstop.action.FleetKey#FAILURES}. */
  @Override
  public void changed(String service, FleetState state) {
    if (state != null || services.containsKey(service)) {
      service(service).told(state == null ? null : state.getFailures());
    }
  }

  @Override
  public List<FleetSignal> due(long now) {
    long turnAt = nextTurnAt;
    // or the clock was set back
    boolean isTurn = now >= turnAt || now < turnAt - TURN_MS;
    if (!isTurn || services.isEmpty() || hasLeft) {
      return List.of();
    }
    nextTurnAt = now + TURN_MS;
    List<FleetSignal> due = new ArrayList<>(0);
    services.forEach(
        (service, failures) ->
            failures
                .due(now, now - windowMs)
                .ifPresent(evidence -> due.add(signal(service, evidence, false, now))));
    return due;
  }

  @Override
  public List<FleetSignal> leaving(long now) {
    if (hasLeft) {
      return List.of();
    }
    hasLeft = true;
    List<FleetSignal> last = new ArrayList<>();
    services.forEach(
        (service, failures) ->
            Optional.of(failures.own(now - windowMs))
                .filter(evidence -> !evidence.getFailures().isEmpty())
                .ifPresent(evidence -> last.add(signal(service, evidence, true, now))));
    return last;
  }

  private ReportedFailures service(String service) {
    ReportedFailures known = services.get(service);
    return known != null
        ? known
        : services.computeIfAbsent(service, s -> new ReportedFailures(instance, enough));
  }

  private static ServiceFailure shortened(ServiceFailure failure) {
    String message = failure.getMessage();
    return message.length() <= LONGEST_MESSAGE
        ? failure
        : ServiceFailure.newBuilder(failure)
            .setMessage(new Losses().fitted("", message, LONGEST_MESSAGE))
            .build();
  }

  private FleetSignal signal(String service, FailureEvidence evidence, boolean leaving, long now) {
    return FleetSignal.newBuilder()
        .setInstance(instance)
        .setScope(service)
        .setSequence(sequence.incrementAndGet())
        .setSentAt(Instant.ofEpochMilli(now))
        .setLeaving(leaving)
        .setFailures(evidence)
        .build();
  }
}
