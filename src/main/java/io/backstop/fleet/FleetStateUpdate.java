package io.backstop.fleet;

import io.backstop.action.FleetKey;
import io.backstop.action.FleetNews;
import io.backstop.action.FleetState;
import io.backstop.action.StoreNames;
import io.backstop.serde.Decoded;
import io.backstop.serde.WireDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps this process's copy of the fleet's state, and tells the features what has changed. Runs on
 * the thread of the global stores, which alone may wait for the registry; before a task starts, it
 * has gone through all that is known.
 */
public final class FleetStateUpdate implements Processor<byte[], byte[], Void, Void> {
  private static final Logger LOG = LoggerFactory.getLogger(FleetStateUpdate.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final WireDecoder<FleetState> decoder;
  private final Map<FleetKey, FleetNews> news;
  private KeyValueStore<Bytes, byte[]> store;

  private FleetStateUpdate(WireDecoder<FleetState> decoder, Map<FleetKey, FleetNews> news) {
    this.decoder = decoder;
    this.news = Map.copyOf(news);
  }

  /**
   * @param news who is told, by the kind of thing
   */
  public static ProcessorSupplier<byte[], byte[], Void, Void> supplier(
      WireDecoder<FleetState> decoder, Map<FleetKey, FleetNews> news) {
    return () -> new FleetStateUpdate(decoder, news);
  }

  /** In memory: it is small, and so it is read from its beginning at every start. */
  public static StoreBuilder<KeyValueStore<Bytes, byte[]>> store() {
    return Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore(StoreNames.FLEET_STATE),
            Serdes.Bytes(),
            Serdes.ByteArray())
        .withLoggingDisabled();
  }

  @Override
  public void init(ProcessorContext<Void, Void> context) {
    store = context.getStateStore(StoreNames.FLEET_STATE);
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    if (record.key() == null) {
      return;
    }
    store.put(Bytes.wrap(record.key()), record.value());
    String key = new String(record.key(), StandardCharsets.UTF_8);
    for (Map.Entry<FleetKey, FleetNews> each : news.entrySet()) {
      if (each.getKey().matches(key)) {
        tell(each.getValue(), each.getKey().scope(key), record.value());
      }
    }
  }

  private void tell(FleetNews who, String scope, byte[] value) {
    try {
      if (value == null) {
        who.changed(scope, null);
        return;
      }
      Decoded<FleetState> decoded = decoder.decodeFetching(value, PATIENCE);
      if (decoded instanceof Decoded.Value<FleetState> state) {
        who.changed(scope, state.value());
      } else {
        LOG.error("fleet state not readable, the last one stays scope={} state={}", scope, decoded);
      }
    } catch (RuntimeException e) {
      // a defect here must not stop the instance: it would stop every instance
      LOG.error("fleet state not taken over scope={}", scope, e);
    }
  }
}
