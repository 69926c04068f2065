package io.backstop.runtime;

import io.backstop.action.FinishedRequest;
import io.backstop.action.FleetState;
import io.backstop.action.StoreNames;
import io.backstop.idempotency.Outcomes;
import io.backstop.serde.Decoded;
import io.backstop.serde.WireDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.StreamsMetadata;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the stores of a running {@link KafkaStreams} by interactive queries. */
final class StreamsStores implements Stores {
  private static final Logger LOG = LoggerFactory.getLogger(StreamsStores.class);
  private static final Duration REGISTRY_PATIENCE = Duration.ofSeconds(2);

  /**
   * What the tasks read, by which their partitions are counted: dead letters and requests have
   * equally many.
   *
   * @param letters topic of the dead letters
   * @param requests topic from which the requests come to their tasks
   */
  record TaskTopics(String letters, String requests, int partitions) {}

  /**
   * @param keptFor how long outcomes are
   */
  record Reading(
      WireDecoder<FleetState> decoder, Duration keptFor, ReplayRules replays, Clock clock) {}

  private final KafkaStreams streams;
  private final String instance;
  private final Optional<Address> self;
  private final TaskTopics topics;
  private final Reading reading;

  StreamsStores(
      KafkaStreams streams,
      String instance,
      Optional<Address> self,
      TaskTopics topics,
      Reading reading) {
    this.streams = streams;
    this.instance = instance;
    this.self = self;
    this.topics = topics;
    this.reading = reading;
  }

  @Override
  public String instance() {
    return instance;
  }

  @Override
  public Optional<Address> address() {
    return self;
  }

  @Override
  public Placement desk() {
    return placement(StoreNames.LETTERS, topics.letters());
  }

  @Override
  public Placement requests() {
    return placement(StoreNames.FINISHED, topics.requests());
  }

  private Placement placement(String store, String topic) {
    return reading(() -> placement(streams.streamsMetadataForStore(store), topic));
  }

  private Placement placement(Collection<StreamsMetadata> clients, String topic) {
    Set<Integer> here = Set.of();
    Map<Address, Set<Integer>> elsewhere = new HashMap<>();
    for (StreamsMetadata each : clients) {
      Address address = new Address(each.host(), each.port());
      if (self.filter(address::equals).isPresent()) {
        here = partitions(each, topic);
      } else {
        elsewhere.put(address, partitions(each, topic));
      }
    }
    return new Placement(topics.partitions(), here, elsewhere);
  }

  private static Set<Integer> partitions(StreamsMetadata metadata, String topic) {
    Set<Integer> partitions = new TreeSet<>();
    for (TopicPartition each : metadata.topicPartitions()) {
      if (each.topic().equals(topic)) {
        partitions.add(each.partition());
      }
    }
    return partitions;
  }

  @Override
  public Map<String, FinishedRequest> finished(int partition, Collection<String> keys) {
    return reading(
        () -> {
          Outcomes outcomes =
              new Outcomes(
                  streams.store(
                      StoreQueryParameters.fromNameAndType(
                              StoreNames.FINISHED,
                              QueryableStoreTypes.<String, FinishedRequest>windowStore())
                          .withPartition(partition)),
                  reading.keptFor());
          long now = reading.clock().millis();
          Map<String, FinishedRequest> found = new HashMap<>();
          for (String key : keys) {
            outcomes.find(key, now).ifPresent(each -> found.put(key, each));
          }
          return found;
        });
  }

  @Override
  public ReplayRules replays() {
    return reading.replays();
  }

  @Override
  public <T> T readDesk(int partition, Function<Part, T> question) {
    return reading(() -> question.apply(new TaskPart(partition)));
  }

  @Override
  public SortedMap<String, FleetState> fleetStates() {
    return reading(
        () -> {
          SortedMap<String, FleetState> states = new TreeMap<>();
          ReadOnlyKeyValueStore<Bytes, byte[]> copy =
              streams.store(
                  StoreQueryParameters.fromNameAndType(
                      StoreNames.FLEET_STATE, QueryableStoreTypes.keyValueStore()));
          try (KeyValueIterator<Bytes, byte[]> all = copy.all()) {
            while (all.hasNext()) {
              KeyValue<Bytes, byte[]> each = all.next();
              String key = new String(each.key.get(), StandardCharsets.UTF_8);
              decoded(key, each.value).ifPresent(state -> states.put(key, state));
            }
          }
          return states;
        });
  }

  private Optional<FleetState> decoded(String key, byte[] value) {
    Decoded<FleetState> decoded = reading.decoder().decodeFetching(value, REGISTRY_PATIENCE);
    if (decoded instanceof Decoded.Value<FleetState> state) {
      return Optional.of(state.value());
    }
    LOG.warn("fleet state left out of an answer key={} state={}", key, decoded);
    return Optional.empty();
  }

  private <T> T reading(Supplier<T> question) {
    try {
      return question.get();
    } catch (InvalidStateStoreException e) {
      throw new StoresAwayException(
          "its stores are being moved or restored, or the instance starts or stops", e);
    } catch (IllegalStateException e) {
      if (streams.state().isRunningOrRebalancing()) {
        throw e;
      }
      throw new StoresAwayException("the instance stops", e);
    }
  }

  private final class TaskPart implements Part {
    private final int partition;

    private TaskPart(int partition) {
      this.partition = partition;
    }

    @Override
    public <K, V> ReadOnlyKeyValueStore<K, V> store(String name) {
      return streams.store(
          StoreQueryParameters.fromNameAndType(name, QueryableStoreTypes.<K, V>keyValueStore())
              .withPartition(partition));
    }
  }
}
