package io.backstop.statistics;

import io.backstop.action.ActionRequest;
import io.backstop.action.FallbackReport;
import io.backstop.action.FallbackStatistics;
import io.backstop.action.FleetKey;
import io.backstop.action.FleetState;
import io.backstop.action.LedgerLine;
import io.backstop.action.RequestLog;
import io.backstop.action.StoreNames;
import io.backstop.serde.SmallStores;
import io.backstop.serde.StateSerde;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the fleet's statistics of fallbacks, tells them to everybody when they have changed, and
 * notifies the team. One task in the fleet, so the throttle holds for the whole fleet. Stream
 * thread only.
 */
public final class FallbackLedger
    implements Processor<String, FallbackReport, String, SpecificRecord> {
  private static final Logger LOG = LoggerFactory.getLogger(FallbackLedger.class);
  private static final Duration PUBLISHING = Duration.ofSeconds(1);

  /**
   * Names of its children.
   *
   * @param states sink of the fleet's state
   * @param requests sink of the requests, for notifications
   */
  public record Children(String states, String requests) {}

  private final Notifications notifications;
  private final Children children;
  private ProcessorContext<String, SpecificRecord> context;
  private KeyValueStore<String, LedgerLine> store;
  private Ledger ledger;
  private boolean hasChanged;

  private FallbackLedger(Notifications notifications, Children children) {
    this.notifications = notifications;
    this.children = children;
  }

  public static ProcessorSupplier<String, FallbackReport, String, SpecificRecord> supplier(
      Notifications notifications, Children children) {
    return new ProcessorSupplier<>() {
      @Override
      public Processor<String, FallbackReport, String, SpecificRecord> get() {
        return new FallbackLedger(notifications, children);
      }

      @Override
      public Set<StoreBuilder<?>> stores() {
        return Set.of(
            SmallStores.builder(
                    StoreNames.FALLBACK_LEDGER, Serdes.String(), new StateSerde<>(LedgerLine.class))
                .withCachingEnabled());
      }
    };
  }

  @Override
  public void init(ProcessorContext<String, SpecificRecord> processorContext) {
    context = processorContext;
    store = context.getStateStore(StoreNames.FALLBACK_LEDGER);
    ledger = null; // a task whose transaction failed starts again with the same object
    hasChanged = false;
    context.schedule(PUBLISHING, PunctuationType.WALL_CLOCK_TIME, this::publish);
  }

  @Override
  public void process(Record<String, FallbackReport> record) {
    long now = context.currentSystemTimeMs();
    Ledger.Changes changes = ledger().apply(record.value(), now);
    changes.lines().forEach(store::put);
    hasChanged |= !changes.lines().isEmpty();
    changes.notices().forEach(notice -> notifyTeam(notice, now));
  }

  private void notifyTeam(Notice notice, long now) {
    ActionRequest request = notifications.request(notice, now);
    RequestLog.about(
        request.getRequestId(),
        Optional.empty(),
        () ->
            LOG.info(
                "team notified target={} primary={} step={} uses={} suppressed={}",
                request.getAction(),
                notice.primaryAction(),
                notice.step(),
                notice.uses(),
                notice.suppressed()));
    Record<String, SpecificRecord> record = new Record<>(request.getIdempotencyKey(), request, now);
    Notifications.mark(record.headers());
    context.forward(record, children.requests());
  }

  private void publish(long now) {
    ledger();
    if (hasChanged) {
      hasChanged = false;
      FallbackStatistics statistics = ledger.statistics();
      FleetState state =
          FleetState.newBuilder()
              .setWrittenAt(Instant.ofEpochMilli(now))
              .setFallbacks(statistics)
              .build();
      context.forward(new Record<>(FleetKey.FALLBACKS.of(""), state, now), children.states());
    }
  }

  /** Read at the first chance after a start; the owner before may not have published its last. */
  private Ledger ledger() {
    if (ledger == null) {
      ledger = new Ledger(notifications.throttle());
      try (KeyValueIterator<String, LedgerLine> all = store.all()) {
        hasChanged |= all.hasNext();
        all.forEachRemaining(entry -> ledger.restore(entry.key, entry.value));
      }
    }
    return ledger;
  }
}
