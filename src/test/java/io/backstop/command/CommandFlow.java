package io.backstop.command;

import io.backstop.action.Command;
import io.backstop.action.CommandResult;
import io.backstop.action.CommandStatus;
import io.backstop.action.StoreNames;
import io.backstop.serde.Decoded;
import io.backstop.serde.Registry;
import io.backstop.serde.WireDecoder;
import io.backstop.serde.WireEncoder;
import io.backstop.testing.TestConfig;
import io.confluent.kafka.schemaregistry.ParsedSchema;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.test.TestRecord;

/** The way of a command on the test driver, with nodes that answer DONE to everything. */
final class CommandFlow implements AutoCloseable {
  static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
  private static final String COMMANDS = "actions.commands";
  private static final String RESULTS = "actions.command-results";

  /** Which node carried which command out. */
  record Applied(String node, Command command) {}

  final List<Applied> applied = new ArrayList<>();
  final FlakyRegistry registryClient;
  final TopologyTestDriver driver;
  private final TestInputTopic<byte[], byte[]> commands;
  private final TestOutputTopic<String, byte[]> results;
  private final WireEncoder<Command> encoder;
  private final WireDecoder<Command> decoder;
  private final WireDecoder<CommandResult> resultDecoder;
  private final Path stateDir;
  private Instant now;

  CommandFlow(Path stateDir) {
    this(stateDir, START, new FlakyRegistry());
  }

  private CommandFlow(Path stateDir, Instant start, FlakyRegistry registryClient) {
    this.stateDir = stateDir;
    this.now = start;
    this.registryClient = registryClient;
    var registry =
        new Registry(
            TestConfig.with("backstop.registry.auto-register", "true").registry(), registryClient);
    encoder = new WireEncoder<>(registry, COMMANDS, Command.class);
    decoder = new WireDecoder<>(Command.class, registry, InstantSource.system());
    resultDecoder = new WireDecoder<>(CommandResult.class, registry, InstantSource.system());
    driver = new TopologyTestDriver(topology(registry), settings(stateDir), start);
    decoder.warmUp(COMMANDS + "-value").join();
    commands =
        driver.createInputTopic(
            COMMANDS, new ByteArraySerializer(), new ByteArraySerializer(), start, Duration.ZERO);
    results =
        driver.createOutputTopic(RESULTS, new StringDeserializer(), new ByteArrayDeserializer());
  }

  private Topology topology(Registry registry) {
    var routes =
        new CommandRoutes(
            Map.of("circuit.", "circuit-coordinator", "cache.", "cache-keeper"),
            Set.of("circuit.reset", "circuit.force-open", "cache.clear"));
    var answers = new WireEncoder<>(registry, RESULTS, CommandResult.class);
    Serializer<CommandResult> serializer = (topic, value) -> answers.encode(value);
    var bytes = new ByteArrayDeserializer();
    return new Topology()
        .addSource("commands", bytes, bytes, COMMANDS)
        .addProcessor(
            "command-intake",
            CommandIntake.supplier(decoder, routes, "command-results"),
            "commands")
        .addProcessor(
            "circuit-coordinator", () -> new Applying("circuit-coordinator"), "command-intake")
        .addProcessor("cache-keeper", () -> new Applying("cache-keeper"), "command-intake")
        .addProcessor(
            "command-recording",
            CommandRecording.supplier("command-results"),
            "circuit-coordinator",
            "cache-keeper")
        .addSink(
            "command-results",
            RESULTS,
            new StringSerializer(),
            serializer,
            "command-intake",
            "command-recording")
        .connectProcessorAndStateStores("command-intake", StoreNames.COMMAND_RESULTS_BY_ID);
  }

  private static Properties settings(Path stateDir) {
    var settings = new Properties();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "commands");
    settings.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
    settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    return settings;
  }

  /** A node that does what it is told. */
  private final class Applying implements Processor<String, SpecificRecord, String, CommandResult> {
    private final String node;
    private ProcessorContext<String, CommandResult> context;

    Applying(String node) {
      this.node = node;
    }

    @Override
    public void init(ProcessorContext<String, CommandResult> processorContext) {
      context = processorContext;
    }

    @Override
    public void process(Record<String, SpecificRecord> record) {
      var command = (Command) record.value();
      applied.add(new Applied(node, command));
      var result =
          CommandResult.newBuilder()
              .setCommandId(command.getCommandId())
              .setName(command.getName())
              .setSubject(command.getSubject())
              .setStatus(CommandStatus.DONE)
              .setAffected(1)
              .setCompletedAt(Instant.ofEpochMilli(context.currentSystemTimeMs()))
              .build();
      context.forward(new Record<>(record.key(), result, record.timestamp()));
    }
  }

  static Command command(String id, String name) {
    return Command.newBuilder()
        .setCommandId(id)
        .setName(name)
        .setSubject("notion")
        .setActor("ann")
        .setIssuedAt(START)
        .build();
  }

  void send(Command command) {
    commands.pipeInput(bytesOf("notion"), encoder.encode(command));
  }

  void send(TestRecord<byte[], byte[]> record) {
    commands.pipeInput(record);
  }

  /** As a producer with another schema of its own would. */
  void sendForeign(Command command, int schemaId) {
    byte[] value = encoder.encode(command);
    ByteBuffer.wrap(value).putInt(1, schemaId);
    commands.pipeInput(null, value);
  }

  /** Registers a version that this process has not seen; gives its id. */
  int foreignSchema() throws IOException, RestClientException {
    String json = Command.getClassSchema().toString().replace("One thing", "Something");
    return registryClient.register("x-value", new AvroSchema(new Schema.Parser().parse(json)));
  }

  List<CommandResult> results() {
    return resultRecords().stream().map(TestRecord::value).toList();
  }

  List<TestRecord<String, CommandResult>> resultRecords() {
    return results.readRecordsToList().stream()
        .map(
            rec -> {
              var decoded = (Decoded.Value<CommandResult>) decoded(rec.value());
              return new TestRecord<>(rec.key(), decoded.value(), rec.headers());
            })
        .toList();
  }

  private Decoded<CommandResult> decoded(byte[] value) {
    return resultDecoder.decodeFetching(value, Duration.ofSeconds(10));
  }

  void tick(Duration time) {
    driver.advanceWallClockTime(time);
    now = now.plus(time);
  }

  /** A new owner of the task: with the stores, and nothing that was on the heap. */
  CommandFlow restart(Duration after) {
    var next =
        new CommandFlow(
            stateDir.resolveSibling(stateDir.getFileName() + "-next"),
            now.plus(after),
            registryClient);
    var parkedNext = next.driver.getKeyValueStore(StoreNames.COMMANDS_AWAITING_SCHEMA);
    try (var parked = driver.getKeyValueStore(StoreNames.COMMANDS_AWAITING_SCHEMA).all()) {
      parked.forEachRemaining(entry -> parkedNext.put(entry.key, entry.value));
    }
    var answeredNext = next.driver.getWindowStore(StoreNames.COMMAND_RESULTS_BY_ID);
    try (var answered = driver.getWindowStore(StoreNames.COMMAND_RESULTS_BY_ID).all()) {
      answered.forEachRemaining(
          entry -> answeredNext.put(entry.key.key(), entry.value, entry.key.window().start()));
    }
    close();
    return next;
  }

  static byte[] bytesOf(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    driver.close();
    decoder.close();
    resultDecoder.close();
  }

  /** A registry that can be away. */
  static final class FlakyRegistry extends MockSchemaRegistryClient {
    volatile boolean away;
    volatile int refused;

    FlakyRegistry() {
      super(List.of(new AvroSchemaProvider()));
    }

    @Override
    public ParsedSchema getSchemaById(int id) throws IOException, RestClientException {
      if (away) {
        refused = refused + 1;
        throw new IOException("connection refused");
      }
      return super.getSchemaById(id);
    }
  }
}
