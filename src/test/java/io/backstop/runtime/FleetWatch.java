package io.backstop.runtime;

import io.backstop.action.ActionEvent;
import io.backstop.action.CircuitState;
import io.backstop.action.CircuitStatus;
import io.backstop.action.EventType;
import io.backstop.action.FleetKey;
import io.backstop.action.FleetState;
import io.backstop.config.BackstopConfig;
import io.backstop.serde.Registry;
import io.backstop.topology.Topics;
import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What a fleet says about the circuit of one service, read as it becomes visible. */
final class FleetWatch implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(20);

  /**
   * A status as it was published.
   *
   * @param seenAt epoch milliseconds when a read-committed consumer got it
   */
  record Seen(CircuitStatus status, long seenAt) {}

  private final String circuitKey;
  private final String statisticsKey;
  private final Registry registry;
  private final KafkaAvroDeserializer deserializer;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final List<ActionEvent> events = new CopyOnWriteArrayList<>();
  private final List<Seen> statuses = new CopyOnWriteArrayList<>();
  private final Thread thread = new Thread(this::read, "fleet-watch");
  private volatile int knownInstances;
  private volatile boolean closing;

  FleetWatch(BackstopConfig config, String service) {
    Topics topics = new Topics(config.topics().prefix());
    circuitKey = FleetKey.CIRCUIT.of(service);
    statisticsKey = FleetKey.STATISTICS.of(service);
    registry = new Registry(config.registry());
    deserializer = new KafkaAvroDeserializer(registry.client());
    deserializer.configure(registry.deserializerProperties(), false);
    consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                config.kafka().bootstrapServers(),
                "isolation.level",
                "read_committed"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        Stream.of(topics.events(), topics.fleetState())
            .flatMap(topic -> consumer.partitionsFor(topic).stream())
            .map(each -> new TopicPartition(each.topic(), each.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    thread.start();
  }

  /** Events of one type, oldest first. */
  List<ActionEvent> events(EventType type) {
    return events.stream().filter(event -> event.getType() == type).toList();
  }

  /** Statuses of the circuit in the order in which they were published. */
  List<Seen> statuses() {
    return statuses;
  }

  /** The first one in this state after a version; fails when there is none. */
  Seen first(CircuitState state, long afterVersion) {
    return statuses.stream()
        .filter(seen -> seen.status().getVersion() > afterVersion)
        .filter(seen -> seen.status().getState() == state)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + state + " among " + statuses));
  }

  /** Closed before anything is published. */
  CircuitState state() {
    return statuses.isEmpty() ? CircuitState.CLOSED : last().getState();
  }

  /** 0 before anything is published. */
  long version() {
    return statuses.isEmpty() ? 0 : last().getVersion();
  }

  CircuitStatus last() {
    return statuses.get(statuses.size() - 1).status();
  }

  /** Instances of whose calls the coordinator has heard lately. */
  int knownInstances() {
    return knownInstances;
  }

  private void read() {
    while (!closing) {
      for (ConsumerRecord<byte[], byte[]> rec : consumer.poll(POLL)) {
        take(rec);
      }
    }
    consumer.close();
  }

  private void take(ConsumerRecord<byte[], byte[]> rec) {
    Object value = deserializer.deserialize(rec.topic(), rec.value());
    if (value instanceof ActionEvent event) {
      events.add(event);
    } else if (value instanceof FleetState state) {
      take(new String(rec.key(), StandardCharsets.UTF_8), state);
    }
  }

  private void take(String key, FleetState state) {
    if (key.equals(circuitKey)) {
      statuses.add(new Seen(state.getCircuit(), System.currentTimeMillis()));
    } else if (key.equals(statisticsKey)) {
      knownInstances = state.getStatistics().getInstances();
    }
  }

  @Override
  public void close() {
    closing = true;
    try {
      thread.join();
      deserializer.close();
      registry.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
