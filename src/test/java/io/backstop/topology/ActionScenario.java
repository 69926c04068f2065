package io.backstop.topology;

import io.backstop.action.ActionEvent;
import io.backstop.action.ActionRequest;
import io.backstop.action.ActionResult;
import io.backstop.action.Command;
import io.backstop.action.CommandResult;
import io.backstop.action.DeadLetter;
import io.backstop.action.DeskOrder;
import io.backstop.action.FallbackRequest;
import io.backstop.action.FleetSignal;
import io.backstop.action.Lineage;
import io.backstop.action.OriginalRecord;
import io.backstop.action.Outcome;
import io.backstop.action.PayloadFamily;
import io.backstop.action.Priority;
import io.backstop.action.StoreNames;
import io.backstop.action.TaskPayload;
import io.backstop.config.BackstopConfig;
import io.backstop.deadletter.FailedProcessingHandler;
import io.backstop.deadletter.LetterCount;
import io.backstop.deadletter.LetterRecords;
import io.backstop.deadletter.UndecodableRecordHandler;
import io.backstop.deadletter.UnsendableRecordHandler;
import io.backstop.execution.CallGate;
import io.backstop.executor.ActionExecutor;
import io.backstop.executor.CallContext;
import io.backstop.executor.Target;
import io.backstop.executor.Targets;
import io.backstop.serde.KafkaHeaders;
import io.backstop.serde.Registry;
import io.backstop.serde.WireEncoder;
import io.backstop.testing.RocksInMemory;
import io.backstop.testing.TestConfig;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.BytesSerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.WindowStore;
import org.apache.kafka.streams.test.TestRecord;

/**
 * The whole topology on the test driver, with targets whose calls a test completes by hand. Time is
 * the driver's; nothing here waits.
 */
final class ActionScenario implements AutoCloseable {
  static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
  private static final Set<String> GLOBAL_STORES =
      Set.of(StoreNames.FLEET_STATE, StoreNames.CACHED_RESULTS);
  static final String UNWRITABLE = "\"unwritable\"";
  private static final Clock START_CLOCK = Clock.fixed(START, java.time.ZoneOffset.UTC);

  /** One call that the topology started. */
  record Call(ActionRequest request, CallContext context, CompletableFuture<Outcome> answer) {
    void succeed(String response) {
      answer.complete(new Outcome.Succeeded(response, OptionalInt.of(200)));
    }
  }

  /** A target whose calls wait for the test. */
  final class Manual implements ActionExecutor {
    private final Target target;

    Manual(String name) {
      this.target = new Target(name, PayloadFamily.TASK);
    }

    @Override
    public Target target() {
      return target;
    }

    @Override
    public List<String> problems(ActionRequest request) {
      String title = ((TaskPayload) request.getPayload()).getTitle();
      return title == null ? List.of("payload.title is missing: give it one") : List.of();
    }

    @Override
    public CompletionStage<Outcome> execute(ActionRequest request, CallContext context) {
      Call call = new Call(request, context, new CompletableFuture<>());
      calls.add(call);
      answers.forEach(answer -> answer.accept(call));
      return call.answer();
    }
  }

  final List<Call> calls = new ArrayList<>();
  final List<java.util.function.Consumer<Call>> answers = new ArrayList<>();
  final CallGate gate;
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  final SchemaRegistryClient registryClient;
  final TestInputTopic<byte[], byte[]> requests;
  final WireEncoder<ActionRequest> requestEncoder;
  final TopologyTestDriver driver;
  final Topology topology;
  private final Path stateDir;
  private final List<ActionExecutor> further;
  private final String[] settings;
  private final Registry registry;
  private final Wiring wiring;
  private Instant now;
  private final TestOutputTopic<byte[], byte[]> results;
  private final TestOutputTopic<byte[], byte[]> deadLetters;
  private final TestOutputTopic<byte[], byte[]> events;
  private final TestOutputTopic<byte[], byte[]> commandResults;
  private final TestOutputTopic<byte[], byte[]> deskOrders;
  private final TestInputTopic<byte[], byte[]> commands;
  private final TestInputTopic<byte[], byte[]> signals;
  private final WireEncoder<Command> commandEncoder;
  private final KafkaAvroDeserializer deserializer;

  /**
   * @param settings full configuration keys and values
   */
  ActionScenario(Path stateDir, String... settings) {
    this(stateDir, List.of(), settings);
  }

  ActionScenario(Path stateDir, List<ActionExecutor> further, String... settings) {
    this(
        stateDir,
        START,
        new MockSchemaRegistryClient(List.of(new AvroSchemaProvider())),
        further,
        settings);
  }

  ActionScenario(
      Path stateDir,
      Instant start,
      SchemaRegistryClient registryClient,
      List<ActionExecutor> further,
      String... settings) {
    this.stateDir = stateDir;
    this.registryClient = registryClient;
    this.further = further;
    this.settings = settings;
    this.now = start;
    BackstopConfig config = TestConfig.with(settings);
    registry =
        new Registry(
            TestConfig.with("backstop.registry.auto-register", "true").registry(), registryClient);
    List<ActionExecutor> executors = new ArrayList<>(further);
    executors.add(new Manual("notion:createPage"));
    executors.add(new Manual("trello:createCard"));
    wiring =
        new Wiring(
            config,
            new Wiring.Outgoing(
                Targets.of(executors),
                (service, settingsOfService) -> () -> CompletableFuture.completedFuture("none"),
                null,
                meters),
            registry,
            new Wiring.Identity("scenario-process", "scenario-place"),
            START_CLOCK);
    gate = wiring.gate();
    Topics topics = new Topics("actions.");
    requestEncoder = new WireEncoder<>(registry, topics.requests(), ActionRequest.class);
    TopologyParts parts = wiring.parts();
    topology = ActionTopology.of(parts.withResults((t, value) -> encoded(parts.results(), value)));
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "scenario");
    properties.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
    RocksInMemory.addTo(properties);
    properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
    properties.put(
        StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG,
        UndecodableRecordHandler.class);
    properties.put(
        StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, FailedProcessingHandler.class);
    properties.put(
        StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG, UnsendableRecordHandler.class);
    properties.put(
        LetterRecords.CONFIG_KEY,
        new LetterRecords(
            topics.deadLetters(),
            1,
            parts.letters(),
            new LetterCount(parts.metrics()),
            START_CLOCK));
    driver = new TopologyTestDriver(topology, properties, start);
    requests =
        driver.createInputTopic(
            topics.requests(),
            new ByteArraySerializer(),
            new ByteArraySerializer(),
            start,
            Duration.ZERO);
    this.results =
        driver.createOutputTopic(
            topics.results(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    deadLetters =
        driver.createOutputTopic(
            topics.deadLetters(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    events = output(topics.events());
    commandResults = output(topics.commandResults());
    deskOrders = output(topics.deskOrders());
    commandEncoder = new WireEncoder<>(registry, topics.commands(), Command.class);
    signals =
        driver.createInputTopic(
            topics.fleetSignals(), new ByteArraySerializer(), new ByteArraySerializer());
    commands =
        driver.createInputTopic(
            topics.commands(), new ByteArraySerializer(), new ByteArraySerializer());
    deserializer = new KafkaAvroDeserializer(registryClient);
    deserializer.configure(
        Map.of("schema.registry.url", "mock://scenario", "specific.avro.reader", true), false);
  }

  TestOutputTopic<byte[], byte[]> output(String topic) {
    return driver.createOutputTopic(
        topic, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /**
   * A new owner of the same task: it has what the stores held, as restored from their changelogs,
   * and nothing that was on the heap. This one must not be used any more.
   *
   * @param after how much later the new owner's clock stands; negative for a clock that lags
   */
  ActionScenario restart(Duration after) {
    ActionScenario next =
        new ActionScenario(
            stateDir.resolveSibling(stateDir.getFileName() + "-next"),
            now.plus(after),
            registryClient,
            further,
            settings);
    driver.getAllStateStores().keySet().stream()
        .filter(name -> !GLOBAL_STORES.contains(name))
        .forEach(name -> copyStore(name, driver, next.driver));
    readAgain(driver, next.driver);
    close();
    return next;
  }

  /** A global store in memory is read from its topic at every start. */
  private static void readAgain(TopologyTestDriver from, TopologyTestDriver to) {
    TestInputTopic<Bytes, byte[]> topic =
        to.createInputTopic(
            "actions.fleet-state", new BytesSerializer(), new ByteArraySerializer());
    KeyValueStore<Bytes, byte[]> known = from.getKeyValueStore(StoreNames.FLEET_STATE);
    try (var all = known.all()) {
      all.forEachRemaining(entry -> topic.pipeInput(entry.key, entry.value));
    }
  }

  private static void copyStore(String name, TopologyTestDriver from, TopologyTestDriver to) {
    if (name.equals(StoreNames.FINISHED) || name.equals(StoreNames.COMMAND_RESULTS_BY_ID)) {
      WindowStore<Object, Object> target = to.getWindowStore(name);
      try (var all = from.getWindowStore(name).all()) {
        all.forEachRemaining(
            entry -> target.put(entry.key.key(), entry.value, entry.key.window().start()));
      }
    } else {
      KeyValueStore<Object, Object> target = to.getKeyValueStore(name);
      try (var all = from.getKeyValueStore(name).all()) {
        all.forEachRemaining(entry -> target.put(entry.key, entry.value));
      }
    }
  }

  static ActionRequest request(String id) {
    return request(id, "notion:createPage", Priority.MEDIUM);
  }

  static ActionRequest request(String id, String action, Priority priority) {
    return ActionRequest.newBuilder()
        .setRequestId(id)
        .setAction(action)
        .setPayload(TaskPayload.newBuilder().setTitle("Title of " + id).setContainer("db").build())
        .setPriority(priority)
        .build();
  }

  void publish(ActionRequest request) {
    publish(
        request.getRequestId().getBytes(java.nio.charset.StandardCharsets.UTF_8),
        requestEncoder.encode(request));
  }

  /** As the desk of dead letters does it. */
  void replay(ActionRequest request, Lineage lineage) {
    requests.pipeInput(
        new TestRecord<>(
            request.getRequestId().getBytes(java.nio.charset.StandardCharsets.UTF_8),
            requestEncoder.encode(request),
            headers(lineage),
            now));
  }

  static Headers headers(Lineage lineage) {
    return KafkaHeaders.of(new OriginalRecord("", 0, 0L, 0L, null, null, lineage.stamp(List.of())));
  }

  void publish(byte[] key, byte[] value) {
    requests.pipeInput(key, value);
  }

  <T extends SpecificRecord> byte[] encoded(String topic, Class<T> type, T value) {
    return new WireEncoder<>(registry, topic, type).encode(value);
  }

  /** As another system than this one would. */
  void publishFallback(String step, FallbackRequest request) {
    publishFallback(step, request, new RecordHeaders());
  }

  void publishFallback(String step, FallbackRequest request, Headers headers) {
    String topic = new Topics("actions.").fallback(step);
    driver
        .createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer())
        .pipeInput(
            new TestRecord<>(
                request.getIdempotencyKey().getBytes(java.nio.charset.StandardCharsets.UTF_8),
                new WireEncoder<>(registry, topic, FallbackRequest.class).encode(request),
                headers));
  }

  /** As in production, but for a response that a test marks as one that cannot be written. */
  private static byte[] encoded(Serializer<ActionResult> results, ActionResult value) {
    if (UNWRITABLE.equals(value.getResponseData())) {
      throw new SerializationException("cannot be written");
    }
    return results.serialize("actions.results", value);
  }

  /** Lets the driver's clock run, so that completed calls are taken over. */
  void tick() {
    tick(Duration.ofMillis(5));
  }

  void tick(Duration time) {
    driver.advanceWallClockTime(time);
    now = now.plus(time);
    sendSignals();
  }

  /** As the runtime does it in between. */
  private void sendSignals() {
    for (FleetSignal signal : wiring.signals().due(now.toEpochMilli())) {
      byte[] key = signal.getScope().getBytes(java.nio.charset.StandardCharsets.UTF_8);
      signals.pipeInput(key, wiring.signalSerializer().serialize("actions.fleet-signals", signal));
    }
  }

  /** How many entries a key-value store holds. */
  long storedRecords(String store) {
    long count = 0;
    try (var all = driver.getKeyValueStore(store).all()) {
      while (all.hasNext()) {
        all.next();
        count++;
      }
    }
    return count;
  }

  List<ActionResult> results() {
    return resultRecords().stream().map(TestRecord::value).toList();
  }

  List<TestRecord<byte[], ActionResult>> resultRecords() {
    return results.readRecordsToList().stream()
        .map(record -> decoded(record, "actions.results", ActionResult.class))
        .toList();
  }

  List<DeadLetter> deadLetters() {
    return deadLetterRecords().stream().map(TestRecord::value).toList();
  }

  List<TestRecord<byte[], DeadLetter>> deadLetterRecords() {
    return deadLetters.readRecordsToList().stream()
        .map(record -> decoded(record, "actions.dead-letters", DeadLetter.class))
        .toList();
  }

  List<ActionEvent> events() {
    return read(events, "actions.events", ActionEvent.class);
  }

  /** What the desks are told. */
  List<DeskOrder> deskOrders() {
    return read(deskOrders, "actions.desk-orders", DeskOrder.class);
  }

  List<CommandResult> commandResults() {
    return read(commandResults, "actions.command-results", CommandResult.class);
  }

  <T> List<T> read(TestOutputTopic<byte[], byte[]> output, String topic, Class<T> type) {
    return output.readRecordsToList().stream()
        .map(record -> decoded(record, topic, type).value())
        .toList();
  }

  void command(String id, String name, String subject) {
    command(
        Command.newBuilder()
            .setCommandId(id)
            .setName(name)
            .setSubject(subject)
            .setActor("ann")
            .setIssuedAt(now)
            .build());
  }

  void command(Command command) {
    commands.pipeInput(
        command.getSubject().getBytes(java.nio.charset.StandardCharsets.UTF_8),
        commandEncoder.encode(command));
  }

  /** Registers a schema that the topology has not seen; gives its id. */
  int register(String subject, org.apache.avro.Schema schema) {
    try {
      return registryClient.register(subject, new AvroSchema(schema));
    } catch (java.io.IOException
        | io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException e) {
      throw new IllegalStateException(e);
    }
  }

  private <T> TestRecord<byte[], T> decoded(
      TestRecord<byte[], byte[]> record, String topic, Class<T> type) {
    T value = type.cast(deserializer.deserialize(topic, record.value()));
    return new TestRecord<>(record.key(), value, record.headers(), record.getRecordTime());
  }

  @Override
  public void close() {
    driver.close();
    wiring.close();
    deserializer.close();
  }
}
