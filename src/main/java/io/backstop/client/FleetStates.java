package io.backstop.client;

import io.backstop.action.FleetState;
import io.backstop.config.BackstopConfig;
import io.backstop.config.StartupException;
import io.backstop.serde.Decoded;
import io.backstop.serde.Registry;
import io.backstop.serde.WireDecoder;
import io.backstop.topology.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What the fleet has decided, as it stands on its compacted topic. For one thread. */
public final class FleetStates implements AutoCloseable {
  private static final Duration REGISTRY_PATIENCE = Duration.ofSeconds(10);

  /** Takes what changes. */
  @FunctionalInterface
  public interface Listener {
    /**
     * @param state null when nothing is decided under the key any more
     */
    void changed(String key, FleetState state);
  }

  private final Registry registry;
  private final WireDecoder<FleetState> decoder;
  private final TopicReader reader;
  private final Consumer<String> problems;

  private FleetStates(BackstopConfig config, TopicReader reader, Consumer<String> problems) {
    this.registry = new Registry(config.registry());
    this.decoder = new WireDecoder<>(FleetState.class, registry, InstantSource.system());
    this.reader = reader;
    this.problems = problems;
  }

  /**
   * @param problems takes one line for each record that cannot be read; the rest goes on
   * @throws StartupException when the broker does not answer or the topic is not there
   */
  public static FleetStates open(BackstopConfig config, Consumer<String> problems) {
    String topic = new Topics(config.topics().prefix()).fleetState();
    return new FleetStates(config, TopicReader.open(config, topic), problems);
  }

  /**
   * Everything that is decided now, by record key.
   *
   * @throws StartupException when broker or registry stop answering
   */
  public Map<String, FleetState> read() {
    var states = new TreeMap<String, FleetState>();
    Listener keeping =
        (key, state) -> {
          if (state == null) {
            states.remove(key);
          } else {
            states.put(key, state);
          }
        };
    reader.readToEnd(
        new Start.Beginning(),
        rec -> {
          take(rec, keeping);
          return true;
        });
    return states;
  }

  /**
   * Reports every change since {@link #read}.
   *
   * @param goOn asked before each batch and several times a second, also while nothing changes
   */
  public void follow(Listener listener, BooleanSupplier goOn) {
    reader.readOn(
        rec -> {
          take(rec, listener);
          return true;
        },
        goOn);
  }

  private void take(ConsumerRecord<byte[], byte[]> rec, Listener listener) {
    if (rec.key() == null) {
      problems.accept(where(rec) + "it has no key");
      return;
    }
    String key = new String(rec.key(), StandardCharsets.UTF_8);
    if (rec.value() == null) {
      listener.changed(key, null);
      return;
    }
    var decoded = decoder.decodeFetching(rec.value(), REGISTRY_PATIENCE);
    if (decoded instanceof Decoded.Value<FleetState> state) {
      listener.changed(key, state.value());
    } else if (decoded instanceof Decoded.Undecodable<FleetState> undecodable) {
      problems.accept(where(rec) + undecodable.reason());
    } else {
      throw new StartupException(
          "the schema registry at "
              + registry.url()
              + " does not answer; check backstop.registry.url");
    }
  }

  private static String where(ConsumerRecord<?, ?> rec) {
    return "%s-%d@%d cannot be read: ".formatted(rec.topic(), rec.partition(), rec.offset());
  }

  @Override
  public void close() {
    reader.close();
    decoder.close();
    try {
      registry.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
