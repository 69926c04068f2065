package io.backstop.replay;

import io.backstop.action.CircuitRecord;
import io.backstop.action.CircuitState;
import io.backstop.action.CircuitStatus;
import io.backstop.action.Command;
import io.backstop.action.CommandResult;
import io.backstop.action.DeskOrder;
import io.backstop.action.DeskReport;
import io.backstop.action.FleetState;
import io.backstop.action.KeptOperation;
import io.backstop.action.LetterSet;
import io.backstop.action.OperationStatus;
import io.backstop.action.SelectedLetters;
import io.backstop.action.StoreNames;
import io.backstop.executor.Targets;
import io.backstop.serde.StateSerde;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/**
 * The coordinator alone on the test driver: commands and reports in; orders, states and answers
 * out. Orders are caught before their sink, so that there can be more than one desk.
 */
final class ReplayScenario implements AutoCloseable {
  static final int DESKS = 2;
  static final int WINDOW = 30;

  /**
   * One order and the desks that get it.
   *
   * @param desks by partition
   */
  record Sent(DeskOrder order, Set<Integer> desks) {}

  final List<Sent> orders = new ArrayList<>();
  private final TypedTopic records = new TypedTopic();
  private final TopologyTestDriver driver;
  private final TestInputTopic<String, SpecificRecord> input;
  private final TestOutputTopic<String, SpecificRecord> results;
  private final TestOutputTopic<String, SpecificRecord> states;
  private final Path stateDir;
  private Instant now;

  ReplayScenario(Path stateDir) {
    this(stateDir, Instant.ofEpochMilli(Samples.NOW));
  }

  private ReplayScenario(Path stateDir, Instant start) {
    this.stateDir = stateDir;
    this.now = start;
    var topology = new Topology();
    topology.addSource("in", new StringDeserializer(), records.deserializer(), "in");
    topology.addProcessor("replay-coordinator", supplier(), "in");
    topology.addStateStore(
        Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore(StoreNames.CIRCUITS),
            Serdes.String(),
            new StateSerde<>(CircuitRecord.class)),
        "replay-coordinator");
    topology.addStateStore(
        Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore(StoreNames.PAUSES),
            Serdes.String(),
            StateSerde.ofTopicRecord(FleetState.class)),
        "replay-coordinator");
    topology.addProcessor("orders", Orders::new, "replay-coordinator");
    for (String sink : List.of("states", "results")) {
      topology.addSink(
          sink, sink, new StringSerializer(), records.serializer(), "replay-coordinator");
    }
    var properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "replays");
    properties.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
    driver = new TopologyTestDriver(topology, properties, start);
    input = driver.createInputTopic("in", new StringSerializer(), records.serializer());
    results = driver.createOutputTopic("results", new StringDeserializer(), records.deserializer());
    states = driver.createOutputTopic("states", new StringDeserializer(), records.deserializer());
  }

  private static org.apache.kafka.streams.processor.api.ProcessorSupplier<
          String, SpecificRecord, String, Object>
      supplier() {
    return ReplayCoordinator.supplier(
        new ReplayCoordinator.Rules(
            Targets.load(), target -> target.substring(0, target.indexOf(':')), WINDOW),
        new ReplayCoordinator.Children("orders", "states", "results"));
  }

  private final class Orders implements Processor<String, AddressedOrder, Void, Void> {
    @Override
    public void process(Record<String, AddressedOrder> record) {
      AddressedOrder sent = record.value();
      orders.add(
          new Sent(
              sent.order(),
              AddressedOrder.partitions("orders", record.key(), sent, DESKS).orElseThrow()));
    }
  }

  /** A new owner of the task: it has what the stores held, and nothing that was on the heap. */
  ReplayScenario restart() {
    var next = new ReplayScenario(stateDir.resolveSibling("next"), now);
    for (String store : List.of(StoreNames.OPERATIONS, StoreNames.CIRCUITS)) {
      KeyValueStore<Object, Object> target = next.driver.getKeyValueStore(store);
      try (var all = driver.<Object, Object>getKeyValueStore(store).all()) {
        all.forEachRemaining(entry -> target.put(entry.key, entry.value));
      }
    }
    close();
    return next;
  }

  void pauseTarget(String target) {
    KeyValueStore<String, FleetState> pauses = driver.getKeyValueStore(StoreNames.PAUSES);
    pauses.put(target, FleetState.newBuilder().setWrittenAt(now).build());
  }

  void pass(Duration time) {
    driver.advanceWallClockTime(time);
    now = now.plus(time);
  }

  void tick() {
    pass(Duration.ofMillis(100));
  }

  void send(Command command) {
    input.pipeInput(command.getSubject(), command);
  }

  void replay(String id, Map<String, String> arguments, int... counts) {
    send(
        Samples.command(id, "replay.start")
            .setArguments(arguments)
            .setSelection(Samples.selection(Samples.set(counts)))
            .build());
  }

  void command(String name, String operation) {
    send(Samples.command("c-" + name, name).setSubject(operation).build());
  }

  /** Each desk says what it has. */
  void select(String id, String target, int... counts) {
    for (int desk = 0; desk < counts.length; desk++) {
      LetterSet set = Samples.set(Samples.ids(desk, counts[desk]));
      Map<String, Long> targets = counts[desk] == 0 ? Map.of() : Map.of(target, set.count());
      report(
          of(id, desk)
              .setSelected(new SelectedLetters(set.count(), set.hash(), targets, null))
              .build());
    }
  }

  /** Has a replay running, with nothing released yet. */
  void run(String id, Map<String, String> arguments, int... counts) {
    replay(id, arguments, counts);
    select(id, "notion:createPage", counts);
  }

  static DeskReport.Builder of(String id, int desk) {
    return Samples.report(desk).setOperationId(id);
  }

  void report(DeskReport report) {
    input.pipeInput(report.getOperationId(), report);
  }

  /** A desk has replayed some, and all of them have succeeded. */
  void succeed(String id, int desk, int count) {
    report(of(id, desk).setReleased(count).setChanged(count).setSucceeded(count).build());
  }

  void circuit(String scope, CircuitState state) {
    CircuitStatus status =
        CircuitStatus.newBuilder().setState(state).setVersion(1).setSince(now).build();
    driver
        .<String, CircuitRecord>getKeyValueStore(StoreNames.CIRCUITS)
        .put(scope, CircuitRecord.newBuilder().setStatus(status).build());
  }

  /** How many letters orders have released so far. */
  int released(String id) {
    return orders.stream()
        .filter(each -> each.order().getOperationId().equals(id))
        .mapToInt(each -> each.order().getRelease())
        .sum();
  }

  List<CommandResult> results() {
    return results.readValuesToList().stream().map(CommandResult.class::cast).toList();
  }

  /** By key; empty for a tombstone. */
  List<KeyValue<String, Optional<OperationStatus>>> states() {
    return states.readKeyValuesToList().stream()
        .map(
            each ->
                KeyValue.pair(
                    each.key,
                    Optional.ofNullable((FleetState) each.value).map(FleetState::getOperation)))
        .toList();
  }

  OperationStatus lastState() {
    List<KeyValue<String, Optional<OperationStatus>>> all = states();
    return all.get(all.size() - 1).value.orElseThrow();
  }

  long stored() {
    long count = 0;
    try (var all = driver.<String, KeptOperation>getKeyValueStore(StoreNames.OPERATIONS).all()) {
      while (all.hasNext()) {
        all.next();
        count++;
      }
    }
    return count;
  }

  @Override
  public void close() {
    driver.close();
  }
}
