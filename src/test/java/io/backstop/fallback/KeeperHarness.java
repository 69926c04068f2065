package io.backstop.fallback;

import io.backstop.serde.StateSerde;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/** One coordinator alone, with its store in memory and a clock that stands still. */
final class KeeperHarness {
  static final long NOW = 1_772_000_000_000L;

  private final ProcessorSupplier<String, SpecificRecord, String, SpecificRecord> supplier;
  private final KeyValueStore<String, ? extends SpecificRecord> store;
  private final List<MockProcessorContext<String, SpecificRecord>> contexts = new ArrayList<>();
  private Processor<String, SpecificRecord, String, SpecificRecord> keeper;
  private long now = NOW;

  <T extends SpecificRecord> KeeperHarness(
      ProcessorSupplier<String, SpecificRecord, String, SpecificRecord> supplier,
      String store,
      Class<T> type) {
    this.supplier = supplier;
    this.store =
        Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore(store),
                Serdes.String(),
                StateSerde.ofTopicRecord(type))
            .withLoggingDisabled()
            .build();
    this.store.init(new MockProcessorContext<>().getStateStoreContext(), this.store);
    restart();
  }

  /** A new owner of the task: it has what the store holds, and nothing that was on the heap. */
  void restart() {
    keeper = supplier.get();
    reviveSameObject();
  }

  /** Streams does this after a transaction that failed. */
  void reviveSameObject() {
    MockProcessorContext<String, SpecificRecord> context = new MockProcessorContext<>();
    context.setCurrentSystemTimeMs(now);
    context.addStateStore(store);
    contexts.add(context);
    keeper.init(context);
  }

  void process(SpecificRecord value) {
    keeper.process(new Record<>("key", value, now));
  }

  /** Time passes, and the node's timer rings. */
  void pass(long millis) {
    now += millis;
    MockProcessorContext<String, SpecificRecord> context = contexts.get(contexts.size() - 1);
    context.setCurrentSystemTimeMs(now);
    context.scheduledPunctuators().forEach(timer -> timer.getPunctuator().punctuate(now));
  }

  /** All that was sent to a child. */
  List<Record<String, SpecificRecord>> forwarded(String child) {
    return contexts.stream()
        .flatMap(context -> context.forwarded(child).stream())
        .map(each -> each.record())
        .map(each -> new Record<String, SpecificRecord>(each.key(), each.value(), each.timestamp()))
        .toList();
  }
}
