package io.backstop.circuit;

import io.backstop.action.ActionEvent;
import io.backstop.action.CircuitEvidence;
import io.backstop.action.CircuitState;
import io.backstop.action.CircuitStatus;
import io.backstop.action.Command;
import io.backstop.action.CommandResult;
import io.backstop.action.FleetKey;
import io.backstop.action.FleetSignal;
import io.backstop.action.FleetState;
import io.backstop.action.StoreNames;
import io.backstop.config.Policies;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;

/** The coordinator alone on the test driver: signals and commands in, decisions out. */
final class CoordinatorScenario implements AutoCloseable {
  static final String SCOPE = "notion";
  private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

  final Policies policies = SampleRules.policies();
  private final TypedTopic records = new TypedTopic();
  private final TopologyTestDriver driver;
  private final TestInputTopic<String, SpecificRecord> input;
  private final Path stateDir;
  private final long startedAt;
  private long elapsed;
  private long sequence;

  CoordinatorScenario(Path stateDir) {
    this(stateDir, START.toEpochMilli());
  }

  private CoordinatorScenario(Path stateDir, long startedAt) {
    this.stateDir = stateDir;
    this.startedAt = startedAt;
    var topology = new Topology();
    topology.addSource("in", new StringDeserializer(), records.deserializer(), "in");
    topology.addProcessor(
        "circuit-coordinator",
        CircuitCoordinator.supplier(
            policies,
            scope -> Optional.empty(),
            Set.of(SCOPE, "slack", "slack:postMessage")::contains,
            new CircuitCoordinator.Children("states", "results", "events")),
        "in");
    for (String sink : List.of("states", "results", "events")) {
      topology.addSink(
          sink, sink, new StringSerializer(), records.serializer(), "circuit-coordinator");
    }
    var properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "coordinator");
    properties.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
    driver = new TopologyTestDriver(topology, properties, Instant.ofEpochMilli(startedAt));
    input = driver.createInputTopic("in", new StringSerializer(), records.serializer());
  }

  /** A new owner of the task: it has what the store held, and nothing that was on the heap. */
  CoordinatorScenario restart() {
    var next = new CoordinatorScenario(stateDir.resolveSibling("next"), now());
    KeyValueStore<Object, Object> target = next.driver.getKeyValueStore(StoreNames.CIRCUITS);
    try (var all = driver.<Object, Object>getKeyValueStore(StoreNames.CIRCUITS).all()) {
      all.forEachRemaining(entry -> target.put(entry.key, entry.value));
    }
    next.sequence = sequence;
    close();
    return next;
  }

  long now() {
    return startedAt + elapsed;
  }

  void pass(Duration time) {
    driver.advanceWallClockTime(time);
    elapsed += time.toMillis();
  }

  /** What an instance says; its calls all failed now. */
  FleetSignal failing(String instance, int failures, long version) {
    return signal(instance, evidence(failures, 0, version).build());
  }

  /** One that has nothing but requests waiting. */
  FleetSignal waiting(String instance, long version) {
    return signal(instance, evidence(0, 0, version).setDemand(true).build());
  }

  CircuitEvidence.Builder evidence(int failures, int successes, long version) {
    var window = new CallWindow();
    var settings = SampleRules.settings();
    for (int call = 0; call < successes; call++) {
      window.record(Outcomes.succeeded(), 20, settings, now());
    }
    for (int call = 0; call < failures; call++) {
      window.record(Outcomes.down(), 20, settings, now());
    }
    return CircuitEvidence.newBuilder()
        .setFleetVersion(version)
        .setSlices(window.slices(settings, now()))
        .setLastSuccessAt(successes > 0 ? Instant.ofEpochMilli(now()) : null)
        .setRecentFailures(window.recentFailures())
        .setLocalState(CircuitState.CLOSED);
  }

  FleetSignal signal(String instance, CircuitEvidence evidence) {
    return FleetSignal.newBuilder()
        .setInstance(instance)
        .setScope(SCOPE)
        .setSequence(++sequence)
        .setSentAt(Instant.ofEpochMilli(now()))
        .setCircuit(evidence)
        .build();
  }

  void send(FleetSignal... signals) {
    for (FleetSignal signal : signals) {
      input.pipeInput(signal.getScope(), signal);
    }
  }

  CommandResult command(String name, String subject, Map<String, String> arguments) {
    return command("c-" + ++sequence, name, subject, arguments);
  }

  CommandResult command(String id, String name, String subject, Map<String, String> arguments) {
    input.pipeInput(
        subject,
        Command.newBuilder()
            .setCommandId(id)
            .setName(name)
            .setSubject(subject)
            .setActor("ann")
            .setReason("drill")
            .setIssuedAt(Instant.ofEpochMilli(now()))
            .setArguments(arguments)
            .build());
    return (CommandResult) only(read("results")).value();
  }

  /** States that were published since the last look. */
  List<FleetState> states(FleetKey kind) {
    return read("states").stream()
        .filter(record -> kind.matches(record.key()))
        .map(record -> (FleetState) record.value())
        .toList();
  }

  List<CircuitStatus> circuits() {
    return states(FleetKey.CIRCUIT).stream().map(FleetState::getCircuit).toList();
  }

  List<ActionEvent> events() {
    return read("events").stream().map(record -> (ActionEvent) record.value()).toList();
  }

  private List<org.apache.kafka.streams.test.TestRecord<String, SpecificRecord>> read(
      String topic) {
    return driver
        .createOutputTopic(topic, new StringDeserializer(), records.deserializer())
        .readRecordsToList();
  }

  static <T> T only(List<T> items) {
    if (items.size() != 1) {
      throw new AssertionError("not one: " + items);
    }
    return items.get(0);
  }

  @Override
  public void close() {
    driver.close();
  }
}
