package io.backstop.limit;

import io.backstop.action.FleetKey;
import io.backstop.action.FleetSignal;
import io.backstop.action.FleetState;
import io.backstop.action.RateDemand;
import io.backstop.action.StoreNames;
import io.backstop.config.Policies;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shares each limit out among the instances that call, and spreads pauses to all of them. The only
 * writer of {@code limit:<scope>}. Records other than signals about rates pass it by. Stream thread
 * only; what it has granted is in its store before anybody can read it.
 */
public final class RateCoordinator
    implements Processor<String, SpecificRecord, String, SpecificRecord> {
  private static final Logger LOG = LoggerFactory.getLogger(RateCoordinator.class);
  private static final Duration TICK = Duration.ofMillis(500);

  /** After as long without a tick the signals of all are late, not missing. */
  private static final long UNHEARD_MS = 3_000;

  private final Policies policies;
  private final Duration maxPause;
  private final String stateChild;
  private ProcessorContext<String, SpecificRecord> context;
  private RateStore store;
  private long tickedAt;

  private RateCoordinator(Policies policies, Duration maxPause, String stateChild) {
    this.policies = policies;
    this.maxPause = maxPause;
    this.stateChild = stateChild;
  }

  /**
   * @param maxPause no pause is spread that ends later than this from now
   * @param stateChild where the fleet's state goes
   */
  public static ProcessorSupplier<String, SpecificRecord, String, SpecificRecord> supplier(
      Policies policies, Duration maxPause, String stateChild) {
    return new ProcessorSupplier<>() {
      @Override
      public Processor<String, SpecificRecord, String, SpecificRecord> get() {
        return new RateCoordinator(policies, maxPause, stateChild);
      }

      @Override
      public Set<StoreBuilder<?>> stores() {
        return Set.of(RateStore.builder());
      }
    };
  }

  @Override
  public void init(ProcessorContext<String, SpecificRecord> processorContext) {
    context = processorContext;
    // a task whose transaction failed starts again with the same object: only the store counts
    store = new RateStore(context.getStateStore(StoreNames.RATE_SHARES));
    tickedAt = 0;
    context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, this::tick);
  }

  @Override
  public void process(Record<String, SpecificRecord> record) {
    if (record.value() instanceof FleetSignal signal && signal.getRate() != null) {
      long now = context.currentSystemTimeMs();
      listenAgain(now);
      RateSharing before = store.get(signal.getScope());
      RateSharing after = heard(before, signal, now).shared(limit(signal.getScope()), now);
      if (takeOver(signal.getScope(), before, after, now)) {
        context.commit();
      }
    }
  }

  private void tick(long now) {
    listenAgain(now);
    tickedAt = now;
    for (String scope : store.scopes()) {
      RateSharing before = store.get(scope);
      if (!before.members().isEmpty()) {
        takeOver(scope, before, before.shared(limit(scope), now), now);
      }
    }
  }

  private RateSharing heard(RateSharing before, FleetSignal signal, long now) {
    RateDemand demand = signal.getRate();
    RateSharing after =
        signal.getLeaving()
            ? before.left(signal.getInstance(), signal.getSequence(), now)
            : before.heard(
                signal.getInstance(),
                signal.getSequence(),
                demand.getWanted(),
                demand.getSeenVersion(),
                now);
    return demand.getPausedUntil() == null
        ? after
        : after.paused(
            Math.min(demand.getPausedUntil().toEpochMilli(), now + maxPause.toMillis()), now);
  }

  /** Whether something was published. */
  private boolean takeOver(String scope, RateSharing before, RateSharing after, long now) {
    if (after.equals(before)) {
      return false;
    }
    store.put(scope, after);
    if (after.version() == before.version()) {
      return false;
    }
    publish(scope, after, now);
    return true;
  }

  private void publish(String scope, RateSharing sharing, long now) {
    LOG.debug(
        "limit shared out scope={} version={} members={} pausedUntil={}",
        scope,
        sharing.version(),
        sharing.members().size(),
        sharing.pausedUntil());
    FleetState state =
        FleetState.newBuilder()
            .setWrittenAt(Instant.ofEpochMilli(now))
            .setLimit(RateRecords.published(sharing, now))
            .build();
    context.forward(new Record<>(FleetKey.LIMIT.of(scope), state, now), stateChild);
  }

  /** At the start, after a standstill, or when the clock was set back, silence says nothing. */
  private void listenAgain(long now) {
    if (Math.abs(now - tickedAt) > UNHEARD_MS) {
      store.change(sharing -> sharing.resumed(now));
      tickedAt = now;
    }
  }

  private double limit(String scope) {
    return policies.of(scope).callsPerSecond().orElse(0);
  }
}
