package io.backstop.limit;

import io.backstop.action.FleetState;
import io.backstop.action.RateRecord;
import io.backstop.action.StoreNames;
import io.backstop.config.Policies;
import io.backstop.serde.StateSerde;
import java.time.Duration;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/** A rate-coordinator, its store and what it forwards. */
final class CoordinatorHarness {
  static final Duration MAX_PAUSE = Duration.ofMinutes(15);
  private static final String CHILD = "fleet-state";

  private final Policies policies;
  private final KeyValueStore<String, RateRecord> store =
      Stores.keyValueStoreBuilder(
              Stores.inMemoryKeyValueStore(StoreNames.RATE_SHARES),
              Serdes.String(),
              new StateSerde<>(RateRecord.class))
          .withLoggingDisabled()
          .build();
  private MockProcessorContext<String, SpecificRecord> context;
  private Processor<String, SpecificRecord, String, SpecificRecord> coordinator;
  private long nextTick;

  CoordinatorHarness(Policies policies) {
    this.policies = policies;
    start();
  }

  /** Another task takes over, with the same store. */
  void restart() {
    coordinator.close();
    start();
  }

  private void start() {
    context = new MockProcessorContext<>();
    context.addStateStore(store);
    if (!store.isOpen()) {
      store.init(context.getStateStoreContext(), store);
    }
    coordinator = RateCoordinator.supplier(policies, MAX_PAUSE, CHILD).get();
    coordinator.init(context);
    nextTick = 0;
  }

  /** Lets the time become {@code now}, with a tick where one is due. */
  void timeIs(long now) {
    context.setCurrentSystemTimeMs(now);
    if (now >= nextTick) {
      context.scheduledPunctuators().get(0).getPunctuator().punctuate(now);
      nextTick = now + 500;
    }
  }

  void receive(String key, SpecificRecord value, long now) {
    context.setCurrentSystemTimeMs(now);
    coordinator.process(new Record<>(key, value, now));
  }

  /** What was published since the last time it was asked for. */
  List<Record<String, FleetState>> published() {
    var all =
        context.forwarded(CHILD).stream()
            .map(forward -> forward.record())
            .map(record -> record.withValue((FleetState) record.value()))
            .toList();
    context.resetForwards();
    return all.stream().map(r -> new Record<>((String) r.key(), r.value(), r.timestamp())).toList();
  }

  /** Whether a commit was asked for since the last time this was. */
  boolean askedForCommit() {
    boolean asked = context.committed();
    context.resetCommit();
    return asked;
  }

  long storedRecords() {
    return store.approximateNumEntries();
  }
}
